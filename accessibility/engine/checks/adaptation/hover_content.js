/* "styled": whether a style shows something on hover or focus. "prepare" leaves `campusHover` in our world: the triggers, and
   what appears when one is pointed at. */
(step) => {
  const MOST_RULES = 20000, MOST_TRIGGERS = 12, MOST_MATCHES = 200, OF_A_KIND = 2, SHORT = 120, EDGE = 3;
  const { walk, visible, tidy, bounded, pointAt, parentOf } = campusAudit;
  const PSEUDO = /:(hover|focus-visible|focus-within|focus)(?![\w-])/g;
  const SHOWS = ['display', 'visibility', 'opacity', 'height', 'max-height', 'width', 'max-width', 'transform', 'scale', 'translate', 'clip', 'clip-path',
    'left', 'right', 'top', 'bottom', 'inset', 'margin-left', 'margin-top', 'content-visibility', 'grid-template-rows'];
  const NAMED = '[data-tooltip], [data-tip], [data-tippy-content], [data-toggle="tooltip"], [data-bs-toggle="tooltip"], [data-toggle="popover"], [data-bs-toggle="popover"], [data-bs-trigger*="hover"], [data-balloon], [aria-describedby]';

  const rulesOf = (sheet) => { try { return [...sheet.cssRules]; } catch { return []; } };
  function styleRules() {
    const found = [], roots = [document];
    walk(document.documentElement, (element) => { if (element.shadowRoot) roots.push(element.shadowRoot); return true; });
    let left = MOST_RULES;
    const visit = (rules, root) => {
      for (const rule of rules) {
        if (--left < 0) return;
        if (rule.selectorText !== undefined && rule.style) {
          if (/:(hover|focus)/.test(rule.selectorText) && SHOWS.some((name) => rule.style.getPropertyValue(name))) found.push({ rule, root });
        } else if (rule.styleSheet) visit(rulesOf(rule.styleSheet), root);
        else if (rule.cssRules && !(rule.media && !matchMedia(rule.media.mediaText).matches)) visit([...rule.cssRules], root);
      }
    };
    for (const root of roots) for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) if (!sheet.disabled) visit(rulesOf(sheet), root);
    return found;
  }

  /* A selector list's parts, and of one part the trigger (all up to the pseudo-class) where something stands behind it. */
  function parts(text) {
    const found = [''];
    let depth = 0;
    for (const sign of text) {
      if (sign === '(' || sign === '[') depth++;
      if (sign === ')' || sign === ']') depth--;
      if (sign === ',' && !depth) found.push(''); else found[found.length - 1] += sign;
    }
    return found.map((part) => part.trim());
  }
  function triggerIn(part) {
    PSEUDO.lastIndex = 0;
    const hit = PSEUDO.exec(part);
    if (!hit) return null;
    let end = hit.index, depth = 0;
    for (; end < part.length; end++) {
      if (part[end] === '(' || part[end] === '[') depth++;
      if (part[end] === ')' || part[end] === ']') depth--;
      if (depth < 0 || (!depth && /[\s>+~]/.test(part[end]))) break;
    }
    if (depth < 0 || end >= part.length) return null; // inside :not() or :is(), or the trigger itself changes
    const before = part.slice(0, end).replace(PSEUDO, '').replace(/([\s>+~]|^)$/, '$1*');
    return { trigger: before.trim() || '*', all: part.replace(PSEUDO, '').replace(/::?(before|after)/g, '').replace(/([>+~\s])(?=[>+~]|$)/g, '$1*'), how: hit[1] === 'hover' ? 'hover' : 'focus' };
  }
  const unseen = (element) => !visible(element) || !inSight(element);
  function inSight(element) { // not clipped to nothing, nor beyond the page's start
    const box = element.getBoundingClientRect();
    if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
    for (let up = parentOf(element); up && up !== document.body; up = parentOf(up)) {
      const around = up.getBoundingClientRect();
      if ((around.height < 2 || around.width < 2) && getComputedStyle(up).overflow !== 'visible') return false;
    }
    return true;
  }

  /* Triggers whose style shows what cannot be seen now. */
  function styledTriggers() {
    const found = new Map();
    for (const { rule, root } of styleRules())
      for (const part of parts(rule.selectorText)) {
        const one = triggerIn(part);
        if (!one || found.size >= MOST_MATCHES) continue;
        try {
          const hidden = [...root.querySelectorAll(one.all)].slice(0, MOST_MATCHES).filter(unseen);
          for (const trigger of [...root.querySelectorAll(one.trigger)].slice(0, MOST_MATCHES))
            if (visible(trigger) && found.get(trigger) !== 'hover'
              && hidden.some((element) => trigger.contains(element) || trigger.parentElement?.contains(element))) found.set(trigger, one.how);
        } catch { /* a selector that we took apart wrongly: no trigger of ours */ }
      }
    return found;
  }
  const named = () => [...document.querySelectorAll(NAMED)].slice(0, MOST_MATCHES).filter(visible);

  if (step === 'styled') return styledTriggers().size > 0 || named().length > 0;

  const all = new Map(), clicked = new Set(), styled = styledTriggers();
  let chosen = [], seen = new Set(), current = null;
  const add = (element, how) => {
    if (how === 'click') { clicked.add(element); return; }
    if (element.nodeType === 1 && !/^(html|body|main|form)$/.test(element.localName) && visible(element) && !all.has(element)) all.set(element, how);
  };
  for (const [element, how] of styled) add(element, how);
  for (const element of named()) add(element, 'hover');

  /* How each trigger is worked; of those that look alike only some, and none around the whole page. */
  function triggers() {
    const kinds = new Map();
    for (const [element, how] of all) {
      const box = element.getBoundingClientRect();
      if (box.width * box.height > innerWidth * innerHeight * 0.5) continue;
      const kind = `${how} ${element.localName} ${element.className} ${element.parentElement?.localName}`;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (kinds.get(kind) <= OF_A_KIND && chosen.length < MOST_TRIGGERS) chosen.push({ element, how });
    }
    return chosen.map(({ how }) => how);
  }

  const shown = () => new Set(campusReading.texts(true).filter(({ rects, chain, node }) =>
    /[\p{L}\p{N}]/u.test(node.data) && rects.some((rect) => campusReading.inSight(campusReading.sight(rect, chain)) && rect.bottom > 0 && rect.top < innerHeight)).map(({ node }) => node));

  /* Scrolls a trigger to the middle, and gives the point at which the mouse meets it. */
  function aim(number) {
    const { element } = chosen[number];
    if (!element.isConnected || !visible(element)) return null;
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    for (const box of [...element.getClientRects()].slice(0, 5)) {
      const x = box.left + Math.min(box.width / 2, 60), y = box.top + Math.min(box.height / 2, 30);
      if (holds(element, at(x, y))) return [x, y];
    }
    return null;
  }
  const at = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot?.elementFromPoint(x, y) && found.shadowRoot.elementFromPoint(x, y) !== found) found = found.shadowRoot.elementFromPoint(x, y);
    return found;
  };
  const holds = (element, inner) => { for (let up = inner; up; up = parentOf(up)) if (up === element) return true; return false; };

  /* A point at a corner where neither a trigger nor what it shows lies. */
  function neutral(number) {
    const corners = [[EDGE, innerHeight - EDGE], [innerWidth - EDGE, innerHeight - EDGE], [EDGE, EDGE], [innerWidth - EDGE, EDGE]];
    return corners.find(([x, y]) => { const there = at(x, y); return !holds(chosen[number].element, there) && !(current && holds(current.element, there)); }) ?? [0, 0];
  }
  const before = () => { current = null; seen = shown(); return true; };
  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const focus = (number) => {
    const { element } = chosen[number];
    (element.matches(FOCUSABLE) ? element : element.querySelector(FOCUSABLE))?.focus({ focusVisible: true, preventScroll: true });
    return true;
  };

  /* What is in sight now and was not: the outermost box of it, with what it covers. */
  function appeared(number) {
    const { element } = chosen[number];
    const added = [...shown()].filter((node) => !seen.has(node));
    const first = added.find((node) => node.parentElement && node.parentElement !== element);
    if (!first || !element.isConnected) return null;
    let outer = first.parentElement;
    const stops = (up) => up === document.body || holds(up, element) || [...seen].some((node) => up.contains(node));
    for (let up = parentOf(outer); up && !stops(up); up = parentOf(up)) outer = up;
    if (outer === element || outer.contains(element)) return null; // the trigger itself changes
    const box = outer.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return null;
    current = { element: outer, node: first, text: first.data };
    return {
      at: pointAt([element])[0], text: bounded(tidy(outer.innerText || outer.textContent), SHORT), box: [box.x, box.y, box.width, box.height], covers: covered(element, outer),
      error: !!outer.closest('[role="alert"], [aria-live="assertive"]') || element.getAttribute('aria-invalid') === 'true',
      status: !!outer.closest('[role="status"], [role="alert"], [role="log"], [role="timer"], [aria-live]'),
      clicks: !styled.has(element) && (!!element.closest('button, summary, input, select, a[href], [role="button"]') || [...clicked].some((one) => holds(one, element))),
    };
  }

  /* The first text outside of both that the content is painted over, "" for none. */
  function covered(trigger, content) {
    for (const node of seen) {
      const holder = node.parentElement;
      if (!holder?.isConnected || trigger.contains(node) || content.contains(node) || holder.closest('[aria-hidden="true"]')) continue;
      const range = document.createRange();
      for (const match of [...node.data.matchAll(/\S{2,}/g)].slice(0, 100)) {
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const box = range.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
        if (box.width > 2 && x > 0 && y > 0 && x < innerWidth && y < innerHeight && over(content, x, y)) return bounded(tidy(node.data), 60);
      }
    }
    return '';
  }
  function over(content, x, y) {
    const box = content.getBoundingClientRect();
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) return false;
    if (holds(content, at(x, y))) return true;
    return getComputedStyle(content).pointerEvents === 'none' && /absolute|fixed/.test(getComputedStyle(content).position) && opaque(content);
  }
  const opaque = (element) => { const style = getComputedStyle(element); return style.backgroundImage !== 'none' || !/, 0\)$|transparent/.test(style.backgroundColor); };

  /* Whether the content can still be seen. */
  function there() {
    if (!current) return false;
    return [...shown()].some((node) => node === current.node || (!seen.has(node) && node.data === current.text));
  }

  /* A point on the content that is not on its trigger, the nearest one first; null where there is none. */
  function pointOnto(number) {
    const mine = chosen[number].element.getBoundingClientRect(), box = current.element.getBoundingClientRect();
    const x = Math.max(box.left + EDGE, Math.min((mine.left + mine.right) / 2, box.right - EDGE));
    const y = Math.max(box.top + EDGE, Math.min((mine.top + mine.bottom) / 2, box.bottom - EDGE));
    const points = [[x, y], [(box.left + box.right) / 2, (box.top + box.bottom) / 2], [box.right - EDGE, box.bottom - EDGE], [box.left + EDGE, box.top + EDGE]];
    const free = ([px, py]) => px > 0 && py > 0 && px < innerWidth && py < innerHeight && !(px >= mine.left && px <= mine.right && py >= mine.top && py <= mine.bottom);
    return points.find((point) => free(point) && (holds(current.element, at(...point)) || getComputedStyle(current.element).pointerEvents === 'none')) ?? null;
  }

  globalThis.campusHover = { add, triggers, aim, neutral, before, focus, appeared, there, pointOnto };
  return true;
}
