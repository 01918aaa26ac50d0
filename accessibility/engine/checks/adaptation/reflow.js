/* What makes a page scroll sideways in a narrow window, the widest first: `[{kind, width, sample, at}]`. `kind` is "text" where
   text of none of the exceptions begins in sight and goes on beyond the edge, or stands beyond it in the flow of the page. */
() => {
  const MOST = 6, EDGE = 8, LINES = 2, FILLS = 0.9, MOST_PARTS = 50;
  const { bounded, tidy, walk, visible } = campusAudit;
  const { texts, tooWide, styleOf, pointed } = campusReading;
  const EXCEPTIONS = '[role="table"], [role="grid"], [role="treegrid"], [role="toolbar"], [role="math"], [role="img"], [role="application"], [role="tree"], math, svg';
  const CALLED = /(^|[^a-z])(game|game-?board|chess|puzzle|crossword|sudoku|slide-?deck|slide-?show|(?<!site[-_ ])map|floor-?plan|seat(ing)?-?(map|plan)|diagram|chart|graph|gantt|timeline|piano)s?([^a-z]|$)/i;
  const root = document.documentElement, page = document.scrollingElement, edge = root.clientWidth;
  if (!page || page.scrollHeight <= root.clientHeight + 1) return []; // one direction alone

  /* A table of data, of layout, or one that could be either. */
  function tableKind(table) {
    if (/^(presentation|none)$/.test(table.getAttribute('role') || '')) return 'text';
    return table.querySelector(':scope > caption, :scope > thead, :scope > * > tr > th, :scope > * > tr > [scope], :scope > * > tr > [headers]') ? '' : 'table';
  }
  /* "text" where nothing excuses its width, "" where it is an exception, else the question. */
  function kindOf(element) {
    if (element.closest(EXCEPTIONS)) return '';
    if (element.closest('pre, code, samp, kbd, textarea')) return 'code';
    for (let up = element; up && up !== document.body; up = up.parentElement)
      if (CALLED.test(`${up.id} ${up.getAttribute('class') ?? ''} ${up.getAttribute('aria-label') ?? ''} ${up.getAttribute('aria-roledescription') ?? ''}`)) return 'layout';
    const kinds = [];
    for (let table = element.closest('table'); table; table = table.parentElement?.closest('table')) kinds.push(tableKind(table));
    return kinds.includes('') ? '' : kinds.includes('table') ? 'table' : 'text';
  }
  const taken = (element) => { // out of the flow: it may stand beyond the edge on purpose
    for (let up = element; up && up !== root; up = up.parentElement ?? up.getRootNode().host) {
      const style = styleOf(up);
      if (/absolute|fixed/.test(style.position) || style.transform !== 'none' || style.translate !== 'none') return true;
    }
    return false;
  };
  const tooLong = (width, left) => width > (left < edge ? edge * FILLS : edge);
  const rectOf = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return range.getBoundingClientRect();
  };
  const longWord = (node, element) => {
    const { left } = element.getBoundingClientRect();
    const words = [...node.data.matchAll(/\S+/g)].slice(0, 200).map(({ index, 0: word }) => [index, index + word.length]);
    return words.some(([start, end]) => tooLong(rectOf(node, start, end).width, left))
      || (words.length > 0 && (joinedLong(node, ...words[0]) || joinedLong(node, ...words.at(-1))));
  };
  /* The parts of a word that goes on in other inline elements, as in highlighted code, from one of its ends outwards. */
  function partsFrom(node, step) {
    let block = node.parentElement;
    while (block !== root && styleOf(block).display === 'inline') block = block.parentElement ?? root;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT), parts = [];
    walker.currentNode = node;
    for (let next = walker[step](), count = 0; next && count < MOST_PARTS; next = walker[step](), count++) {
      if (next.nodeType === 1 && (/^w?br$/.test(next.localName) || styleOf(next).display !== 'inline')) break;
      if (next.nodeType === 1 || !next.data) continue;
      const part = next.data.match(step === 'nextNode' ? /^[^\s\u200b]*/ : /[^\s\u200b]*$/);
      if (part[0]) parts.push(rectOf(next, part.index, part.index + part[0].length));
      if (part[0].length < next.data.length) break;
    }
    return parts;
  }
  /* Whether a word is too long with its parts in other elements: on one line, with nothing between them. */
  function joinedLong(node, start, end) {
    const own = rectOf(node, start, end), parts = [own];
    if (start === 0) parts.push(...partsFrom(node, 'previousNode'));
    if (end === node.data.length) parts.push(...partsFrom(node, 'nextNode'));
    const line = parts.filter((part) => part.width && part.top < own.bottom && part.bottom > own.top).sort((a, b) => a.left - b.left);
    const apart = line.some((part, i) => i && Math.abs(part.left - line[i - 1].right) > 1);
    return line.length > 1 && !apart && tooLong(line.at(-1).right - line[0].left, line[0].left);
  }

  const culprit = (kind, element) => {
    if (kind === 'table') return element.closest('table');
    return kind === 'code' ? element.closest('pre') ?? element.closest('code, samp, kbd') : tooWide(element);
  };
  const sideways = page.scrollWidth > edge + EDGE && !/hidden|clip/.test(styleOf(root).overflowX + (document.body ? styleOf(document.body).overflowX : ''));
  const found = new Map();
  const add = (kind, element, sample) => {
    const known = found.get(element);
    if (!known || (kind === 'text' && known.kind !== 'text')) found.set(element, { kind, sample: sample || known?.sample || '' });
  };
  const rank = { text: 1 };
  const scrollers = new Map();
  for (const { node, element, chain, rects } of texts()) {
    if (chain.fixed || !rects.length) continue;
    const scroller = chain.clips.find((clip) => clip.x);
    if (scroller) {
      const long = rects.filter((rect) => rect.width > edge + EDGE).length;
      if (scroller.x === 'scroll' && long >= LINES && kindOf(element) === 'text') scrollers.set(scroller.element, tidy(node.data));
      continue;
    }
    if (!sideways || !rects.some((rect) => rect.right + scrollX > edge + EDGE)) continue;
    const whole = rects.every((rect) => rect.left + scrollX >= edge - 1);
    if (whole && taken(element)) continue;
    const kind = kindOf(element);
    if (kind) add(kind === 'text' && longWord(node, element) ? 'word' : kind, culprit(kind, element), bounded(tidy(node.data), 80));
  }
  for (const [element, text] of scrollers) add('scroller', element, bounded(text, 80));
  if (sideways && !found.size) addOthers();

  /* What holds no text. Video and canvases are exceptions, as are maps that say so. */
  function addOthers() {
    const KINDS = { img: 'picture', svg: 'picture', iframe: 'frame', object: 'frame', embed: 'frame', input: 'control', select: 'control', textarea: 'control' };
    walk(document.body, (element) => {
      const kind = KINDS[element.localName];
      if (kind && visible(element) && !element.closest(`table, ${EXCEPTIONS.replace(', svg', '')}, [usemap], [aria-hidden="true"]`)) {
        const box = element.getBoundingClientRect();
        if (box.right + scrollX > edge + EDGE && box.left < edge && !taken(element)) add(kind, element, '');
      }
      return kind !== 'svg';
    });
  }

  /* Beside each other in one row, it is the row that does not wrap. What stands in something too wide is no other question. */
  function merged() {
    const texts = [...found.keys()].filter((element) => found.get(element).kind === 'text'), all = new Map();
    for (const [element, one] of found) {
      const row = element.parentElement;
      if (one.kind === 'text' && row && row !== document.body && texts.some((other) => other !== element && other.parentElement === row))
        all.set(row, all.get(row) ?? one);
      else if (one.kind === 'text' || !texts.some((other) => other !== element && other.contains(element))) all.set(element, one);
    }
    return all;
  }
  const widthOf = (element) => Math.round(Math.max(element.getBoundingClientRect().width, element.scrollWidth));

  const chosen = [...merged()].map(([element, one]) => ({ element, ...one, width: widthOf(element) }))
    .sort((a, b) => (rank[b.kind] ?? 0) - (rank[a.kind] ?? 0) || b.width - a.width).slice(0, MOST);
  const at = pointed(chosen.map(({ element }) => element));
  return chosen.map(({ kind, width, sample }, i) => ({ kind, width, sample, at: at[i] }));
}
