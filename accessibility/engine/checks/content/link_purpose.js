/* Links whose name comes back with another target, or may say nothing by itself, each with what assistive technology can
   tell of its surroundings: paragraph, list items, cell with its headers, heading, description, labelled part.

   `given.nothing` are names that say nothing, tidied as below; called again with `point`, places in the list, it describes these links. */
(given) => {
  const { walk, tidy, bounded, parentOf, pointAt } = campusAudit;
  const LINKS = 3000, KEPT = 300, ANCESTORS = 60, CONTEXT = 600;
  const HEADING = /^h[1-6]$/, TEXT_PARTS = new Set(['p', 'li', 'dt', 'dd', 'figure', 'caption', 'summary', 'label', 'legend', 'q', 'blockquote']);
  const TEXT_ROLES = new Set(['listitem', 'paragraph', 'heading', 'cell', 'gridcell', 'row', 'note']);
  const PARTS = new Set(['nav', 'header', 'footer', 'aside', 'section', 'article', 'form', 'fieldset', 'dialog', 'search', 'menu', 'ul', 'ol', 'table']);
  const nothing = new Set(given.nothing);

  const textsOf = (element, ids) => ids.split(/\s+/, 10).map((id) => element.getRootNode().getElementById?.(id)?.textContent || '').join(' ');
  const labelOf = (element) => tidy(element.hasAttribute('aria-labelledby') ? textsOf(element, element.getAttribute('aria-labelledby')) : element.getAttribute('aria-label'));
  /* Its name, near enough to group by; what is told of it later has the real one. */
  function quickName(link) {
    const label = labelOf(link);
    if (label) return label;
    const pictures = [...link.querySelectorAll('img[alt], [aria-label], title')].slice(0, 10);
    return tidy(`${link.textContent} ${pictures.map((one) => one.getAttribute('alt') || one.getAttribute('aria-label') || '').join(' ')}`) || tidy(link.getAttribute('title') || link.getAttribute('alt'));
  }
  const plain = (name) => name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  function targetOf(link) {
    const href = typeof link.href === 'string' ? link.href : link.href?.baseVal && new URL(link.href.baseVal, document.baseURI).href;
    if (!href || !/^https?:/i.test(href) || /#$/.test(href)) return '';
    return bounded(href.replace(/^http:/i, 'https:').replace(/\/(index\.\w+)?(?=$|[?#])/, ''), 2000);
  }

  const found = [];
  let heading = '', headings = 0;
  walk(document.documentElement, (element) => {
    const role = element.getAttribute('role');
    if (element.getAttribute('aria-hidden') === 'true' || element.inert) return false;
    if (HEADING.test(element.localName) || role === 'heading') { heading = `${++headings} ${tidy(element.textContent)}`; return true; }
    const is = role ? role === 'link' : (element.localName === 'a' && (element.hasAttribute('href') || element.hasAttribute('xlink:href'))) || (element.localName === 'area' && element.hasAttribute('href'));
    if (is && found.length < LINKS) found.push({ element, heading });
    return true;
  });

  const byName = new Map();
  for (const link of found) {
    link.name = quickName(link.element);
    link.plain = plain(link.name);
    link.target = targetOf(link.element);
    if (!link.plain) continue;
    if (!byName.has(link.plain)) byName.set(link.plain, []);
    byName.get(link.plain).push(link);
  }
  const told = [];
  for (const [name, group] of byName) {
    const targets = new Set(group.map((link) => link.target).filter(Boolean));
    if (targets.size > 1 || nothing.has(name)) told.push(...group.filter((link) => link.element.checkVisibility({ visibilityProperty: true, opacityProperty: true })));
  }
  const kept = told.slice(0, KEPT);
  if (given.point) return pointAt(given.point.map((place) => kept[place]?.element).filter(Boolean));

  const inline = new Map();
  const isInline = (element) => {
    if (!inline.has(element)) inline.set(element, /^(inline|contents|ruby)/.test(getComputedStyle(element).display));
    return inline.get(element);
  };
  const wordsBefore = (element) => {
    for (let one = element, up = 0; one && one !== document.body && up < ANCESTORS; one = parentOf(one), up++)
      for (let before = one.previousSibling, steps = 0; before && steps < 20; before = before.previousSibling, steps++)
        if (/\p{L}/u.test(before.textContent) && (before.nodeType === 3 || (before.nodeType === 1 && !/^(script|style|template|a|nav|header)$/.test(before.localName) && before.checkVisibility()))) return true;
    return false;
  };
  /* The text of a line or paragraph that belongs to no block within it. */
  function runOf(block) {
    if (block.run === undefined) block.run = tidy([...block.element.childNodes].map((node) =>
      node.nodeType === 3 || (node.nodeType === 1 && isInline(node)) ? node.textContent : ' ').join(''));
    return block.run;
  }

  /* The headers above the body of a table, each with the columns that it reaches over. */
  const headersOf = new Map();
  function headersAbove(table) {
    if (!headersOf.has(table)) {
      const found = [];
      for (const row of [...(table?.rows || [])].slice(0, 3)) {
        let from = 0;
        for (const one of row.cells) {
          const to = from + one.colSpan;
          if (one.localName === 'th') found.push({ row, from, to, text: bounded(tidy(one.textContent), CONTEXT) });
          from = to;
        }
      }
      headersOf.set(table, { found, uneven: Boolean(table?.querySelector('[rowspan]')) });
    }
    return headersOf.get(table);
  }
  /* What heads a cell in its column. Where cells reach over rows, places are not counted: all headers above. */
  function columnOf(cell, table) {
    const { found, uneven } = headersAbove(table);
    let left = 0;
    for (let one = cell.previousElementSibling; one; one = one.previousElementSibling) left += one.colSpan || 1;
    const above = found.filter((one) => one.row !== cell.parentElement);
    const own = uneven ? above : above.filter((one) => one.from <= left && left < one.to);
    return { all: above.map((one) => one.text), own: own.map((one) => one.text).join(' | ') };
  }
  const termOf = (element) => {
    let one = element;
    while (one && one.localName !== 'dt') one = one.previousElementSibling;
    return tidy(one?.textContent);
  };

  const blocks = new Map();
  function surroundings({ element, heading }) {
    const parts = [], own = tidy(element.textContent);
    let part = '', column = '', block = null, cell = null;
    for (let up = parentOf(element), steps = 0; up && steps < ANCESTORS; up = parentOf(up), steps++) {
      if (up === document.body) { block ??= up; break; }
      const name = up.localName, role = up.getAttribute('role');
      if (!block && !isInline(up)) block = up;
      if (TEXT_PARTS.has(name) || HEADING.test(name) || TEXT_ROLES.has(role)) parts.push(bounded(tidy(up.textContent), CONTEXT));
      if (name === 'dd') parts.push(bounded(termOf(up), CONTEXT));
      if (!cell && (name === 'td' || name === 'th')) { cell = up; parts.push(bounded(tidy(up.textContent), CONTEXT)); }
      if (PARTS.has(name) || role) part += ` ${role || name} ${labelOf(up)}`;
    }
    let rowOnly = false;
    if (cell) {
      const table = cell.closest('table'), row = cell.parentElement;
      const headers = [...row.querySelectorAll('th')].filter((one) => one !== cell).map((one) => tidy(one.textContent));
      const above = columnOf(cell, table);
      column = bounded(above.own, CONTEXT);
      rowOnly = !headers.length && !cell.headers && tidy(cell.textContent) === own &&
        [...row.cells].some((one) => one !== cell && tidy(one.textContent) && !one.querySelector('a[href]'));
      parts.push(...headers, ...above.all, ...(cell.headers ? [tidy(textsOf(cell, cell.headers))] : []), tidy(table?.caption?.textContent));
    }
    if (element.hasAttribute('aria-describedby')) parts.push(tidy(textsOf(element, element.getAttribute('aria-describedby'))));
    if (element.hasAttribute('title')) parts.push(tidy(element.getAttribute('title')));
    block ??= element;
    if (!blocks.has(block)) blocks.set(block, { element: block, place: blocks.size });
    const line = blocks.get(block);
    return { context: bounded(parts.filter(Boolean).join(' | '), 2000), part: bounded(part, 500), column, block: line.place, run: runOf(line), heading, rowOnly };
  }
  return kept.map((link, place) => ({ place, name: link.name, plain: link.plain, target: link.target, address: bounded(String(link.element.href?.baseVal ?? link.element.href), 200), before: wordsBefore(link.element), ...surroundings(link) }));
}
