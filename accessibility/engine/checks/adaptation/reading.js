/* Which words of a document people can read. Leaves `campusReading` in our world; words keep their text node, so that one
   state of a page (a narrow window, wider spacing) can be compared with another.

   A word is out of sight where a box that does not scroll cuts it off. What can be scrolled to can be read. */
() => {
  const { walk, bounded, tidy, pointAt, boxOf } = campusAudit;
  const parentOf = (element) => element.assignedSlot ?? campusAudit.parentOf(element); // what holds it where it is painted
  const MOST_NODES = 5000, MOST_WORDS = 3000, MOST_GROUPS = 12, SHOWN_WORDS = 12;
  const SEEN_ACROSS = 0.7, SEEN_DOWN = 0.5; // the share of a word that must be in sight; a line's box is higher than its letters
  const SMALL = 4; // CSS pixels; a smaller box hides its text on purpose, for screen readers
  const NO_TEXT = new Set(['script', 'style', 'noscript', 'template', 'select', 'textarea', 'title', 'svg', 'math', 'canvas', 'video',
    'audio', 'object', 'iframe', 'rp', 'rt']);
  const CONTROLS = 'button, summary, input, select, label, [role="button"], [role="tab"], [role="switch"], [aria-expanded], [aria-controls]';
  const SPACED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}]/u;

  let styles = new WeakMap(), chains = new WeakMap(), moving = new Set(), lostWords = [];
  const known = new Map(), cutters = new Map();
  const styleOf = (element) => styles.get(element) ?? (styles.set(element, getComputedStyle(element)), styles.get(element));
  const transformed = (style) => style.transform !== 'none' || style.rotate !== 'none' || style.translate !== 'none' || style.scale !== 'none'
    || style.filter !== 'none' || style.perspective !== 'none' || /paint|strict|content|layout/.test(style.contain) || /transform|filter/.test(style.willChange);
  const contains = (style, position) => transformed(style) || (position === 'absolute' && style.position !== 'static');
  const modeOf = (overflow) => (overflow === 'visible' ? '' : overflow === 'auto' || overflow === 'scroll' ? 'scroll' : 'cut');

  /* The element whose overflow is the window's: none of its own clips anything. */
  function windowElement() {
    const root = document.documentElement, body = document.body;
    if (!body || styleOf(root).overflowX !== 'visible' || styleOf(root).overflowY !== 'visible') return root;
    return body;
  }

  /* What can cut off an element's text, from the inside out, along the chain of its containing blocks. */
  function chainOf(element) {
    if (chains.has(element)) return chains.get(element);
    const found = { clips: [], fixed: false, hidden: false, sticky: false };
    const ofWindow = windowElement();
    let position = '';
    for (let up = element; up; up = parentOf(up)) {
      const style = styleOf(up);
      if (style.clipPath !== 'none' || style.clip !== 'auto' || style.maskImage !== 'none' || up.getAttribute('aria-hidden') === 'true'
        || moving.has(up)) found.hidden = true;
      if (position && !contains(style, position)) continue;
      const x = modeOf(style.overflowX), y = modeOf(style.overflowY);
      if ((x || y) && up !== ofWindow && up !== document.documentElement && style.display !== 'inline' && style.display !== 'contents')
        found.clips.push({ element: up, x, y });
      position = style.position === 'fixed' || style.position === 'absolute' ? style.position : '';
      if (style.position === 'sticky') found.sticky = true;
    }
    found.fixed = position === 'fixed';
    chains.set(element, found);
    return found;
  }

  function insideOf(element) {
    const box = element.getBoundingClientRect(), left = box.left + element.clientLeft, top = box.top + element.clientTop;
    return { left, top, right: left + element.clientWidth, bottom: top + element.clientHeight };
  }

  /* How much of a box is in sight, and what first took the rest of it: `{across, down, line, by, axis, scrolled}`,
     the shares 0 to 1; `scrolled` is what must be scrolled to first. */
  function sight(rect, chain) {
    let left = rect.left, right = rect.right, top = rect.top, bottom = rect.bottom, by = null, axis = '', brought = false;
    const width = Math.max(right - left, 0.1), height = Math.max(bottom - top, 0.1);
    const cut = (low, high, across, element) => {
      const from = across ? left : top, to = across ? right : bottom;
      const now = [Math.max(from, low), Math.min(to, high)];
      if (!by && (across ? (now[1] - now[0]) / width < SEEN_ACROSS : (now[1] - now[0]) / height < SEEN_DOWN)) { by = element; axis = across ? 'x' : 'y'; }
      if (across) [left, right] = now; else [top, bottom] = now;
    };
    const scrolled = (box, element, across) => { // into its box: what it scrolls can be brought there
      const low = across ? box.left : box.top, high = across ? box.right : box.bottom;
      const start = low - (across ? element.scrollLeft : element.scrollTop);
      const size = across ? right - left : bottom - top, at = across ? left : top;
      if (at + size <= start && styleOf(element).direction === 'ltr') return cut(low, high, across, element);
      const moved = Math.max(low, Math.min(at, high - size)) - at;
      brought ||= Math.abs(moved) > 0.5;
      if (across) { left += moved; right += moved; } else { top += moved; bottom += moved; }
      return undefined;
    };
    for (const { element, x, y } of chain.clips) {
      const box = insideOf(element);
      if (x === 'cut') cut(box.left, box.right, true, element); else if (x) scrolled(box, element, true);
      if (y === 'cut') cut(box.top, box.bottom, false, element); else if (y) scrolled(box, element, false);
    }
    const ofWindow = styleOf(windowElement()), root = document.documentElement;
    const still = (overflow) => chain.fixed || modeOf(overflow) === 'cut';
    if (still(ofWindow.overflowX)) cut(0, root.clientWidth, true, root); else cut(-scrollX, Infinity, true, root);
    if (still(ofWindow.overflowY)) cut(0, innerHeight, false, root); else cut(-scrollY, Infinity, false, root);
    return { across: Math.max(0, right - left) / width, down: Math.max(0, bottom - top) / height, line: { left, right, top, bottom }, by, axis, scrolled: brought };
  }
  const inSight = (seen) => seen.across >= SEEN_ACROSS && seen.down >= SEEN_DOWN;

  /* Captions that a player draws upon its video: text, but not the page's, and no criterion asks them to grow. */
  const CAPTIONS = '[class*="caption" i], [class*="subtitle" i], [class*="text-track" i], [class*="cue" i], [class*="sous-titre" i]';
  function onVideo(element, videos) {
    if (!videos.length || !element.closest(CAPTIONS)) return false;
    const box = element.getBoundingClientRect(), x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    return videos.some((one) => x >= one.left && x <= one.right && y >= one.top && y <= one.bottom);
  }

  /* The text nodes that a person is meant to see, with their lines; of the whole page, or what is near the window. */
  const near = (element) => { const { top, bottom } = element.getBoundingClientRect(); return bottom >= 0 && top <= innerHeight; };
  function texts(inWindow) {
    styles = new WeakMap();
    chains = new WeakMap();
    moving = new Set(document.getAnimations().map((one) => one.effect?.target).filter(Boolean));
    const found = [], videos = [...document.querySelectorAll('video')].slice(0, 20).map((one) => one.getBoundingClientRect());
    walk(document.body ?? document.documentElement, (element) => {
      if (found.length >= MOST_NODES || NO_TEXT.has(element.localName) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') return false;
      for (const node of element.childNodes) {
        if (node.nodeType !== 3 || !node.data.trim()) continue;
        if (inWindow && !near(element)) break;
        if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) break;
        if (onVideo(element, videos)) break;
        const chain = chainOf(element), style = styleOf(element);
        if (chain.hidden || parseFloat(style.fontSize) < 1 || style.color === 'rgba(0, 0, 0, 0)') break;
        found.push({ node, element, chain, rects: rectsOf(node, 0, node.data.length) });
      }
      return true;
    });
    return found;
  }
  function rectsOf(node, start, end) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return [...range.getClientRects()].filter((rect) => rect.width > 0.5 && rect.height > 0.5).slice(0, 500);
  }

  function seenWord(node, start, end, chain) {
    let worst = null;
    for (const rect of rectsOf(node, start, end)) {
      const seen = sight(rect, chain);
      if (!worst || Math.min(seen.across, seen.down) < Math.min(worst.across, worst.down)) worst = seen;
    }
    return worst;
  }

  /* Notes the words that are out of sight, and gives their number. */
  function lost() {
    lostWords = [];
    cutters.clear();
    let budget = MOST_WORDS;
    for (const { node, element, chain, rects } of texts()) {
      if (!rects.length || rects.every((rect) => { const seen = sight(rect, chain); return seen.across > 0.99 && seen.down > 0.75; })) continue;
      const words = [];
      let read = 0;
      for (const match of node.data.matchAll(/\S{1,24}/g)) {
        if (--budget < 0) break;
        const seen = seenWord(node, match.index, match.index + match[0].length, chain);
        if (!seen) continue;
        if (inSight(seen)) read++;
        else if (/[\p{L}\p{N}]/u.test(match[0])) words.push({ node, element, data: node.data, start: match.index, word: match[0], by: seen.by, axis: seen.axis });
      }
      for (const { by, axis } of words) if (!cutters.has(by)) cutters.set(by, cutterOf(by, axis));
      for (const word of words)
        lostWords.push({ ...word, partly: read > 0, wide: word.by === document.documentElement && word.axis === 'x' ? tooWide(element) : null });
    }
    return lostWords.length;
  }

  /* What makes the page wide: the outermost box around an element that ends beyond the window's right edge. */
  function tooWide(element) {
    let found = element;
    for (let up = parentOf(element); up && up !== document.documentElement; up = parentOf(up))
      if (up.getBoundingClientRect().right + scrollX > document.documentElement.clientWidth + 1) found = up; else break;
    return found;
  }

  /* Of the words that were out of sight then, those that can be read now; grouped by what took them. */
  function readNow(spacedOnly) {
    const alive = new Map(), groups = new Map(), all = lostWords.length ? tidyAll() : null;
    for (const one of lostWords) {
      const { node, element, word, start } = one;
      if (!alive.has(element)) alive.set(element, element.isConnected && element.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
      if (!alive.get(element) || node.data !== one.data || (spacedOnly && !SPACED.test(word))) continue;
      const chain = chainOf(element);
      if (chain.hidden) continue;
      const seen = seenWord(node, start, start + word.length, chain);
      if (!seen || !inSight(seen)) continue;
      const twin = all.get(tidy(node.data));
      if (twin > 1) continue; // the same text stands elsewhere too
      const subject = one.by === document.documentElement ? one.wide ?? element : one.by;
      if (!groups.has(subject)) groups.set(subject, { by: one.by, axis: one.axis, partly: false, words: [], nodes: new Set() });
      const group = groups.get(subject);
      group.partly ||= one.partly;
      group.words.push(word);
      group.nodes.add(node);
    }
    const subjects = [...groups.keys()].filter((subject) => subject.isConnected).slice(0, MOST_GROUPS), at = pointed(subjects);
    return subjects.map((subject, i) => ({ at: at[i], ...facts(groups.get(subject), subject) }));
  }
  /* Describes elements, and remembers them for `boxesNow`. */
  function pointed(elements) {
    const at = pointAt(elements);
    at.forEach(({ selector }, i) => known.set(selector, elements[i]));
    return at;
  }
  const boxesNow = () => Object.fromEntries([...known].filter(([, element]) => element.isConnected).map(([selector, element]) => [selector, boxOf(element)]));
  function tidyAll() {
    const count = new Map();
    for (const { node } of texts()) { const text = tidy(node.data); count.set(text, (count.get(text) ?? 0) + 1); }
    return count;
  }

  const box = (element) => element.parentElement && !element.parentElement.matches('body, main, html, [role="main"]') ? element.parentElement : null;
  /* What a box is that takes words, in the state in which it does. */
  function cutterOf(element, axis) {
    const style = getComputedStyle(element), inner = insideOf(element), height = inner.bottom - inner.top;
    return {
      small: height < SMALL || inner.right - inner.left < SMALL,
      ellipsis: axis === 'x' && style.whiteSpace.startsWith('nowrap') && style.textOverflow !== 'clip',
      oneLine: axis === 'y' && height <= (parseFloat(style.lineHeight) || parseFloat(style.fontSize) * 1.2) + 0.5,
      clamped: axis === 'y' && style.webkitLineClamp !== 'none',
    };
  }
  function facts({ by, axis, partly, words, nodes }, subject) {
    const near = box(subject) ?? subject;
    return {
      axis, partly, count: words.length, sample: bounded(words.slice(0, SHOWN_WORDS).join(' '), 160), window: by === document.documentElement,
      ...cutters.get(by),
      control: !!near.querySelector(CONTROLS) || !!subject.closest(CONTROLS),
      link: !!subject.closest('a[href]') || !!near.querySelector('a[href]'),
      title: [...nodes].every((node) => { const held = node.parentElement?.closest('[title]'); return !!held && held.title.includes(node.data.trim().slice(0, 40)); }),
    };
  }

  globalThis.campusReading = { texts, sight, inSight, lost, readNow, boxesNow, chainOf, styleOf, spaced: SPACED, tooWide, pointed };
  return true;
}
