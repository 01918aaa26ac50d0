/* What people notice of a page, before and after something is done to it: text, controls, states, media, by place.
   A place is a path of child numbers from the root, "s" where it enters a shadow root; it finds an element again after
   another load. */
() => {
  if (globalThis.campusEffects) return true;
  const { visible, bounded, pointAt, parentOf, nameOf } = campusAudit;
  const MOST = 8000, MOST_CHANGES = 60, TEXT = 160;
  const STATES = ['aria-expanded', 'aria-pressed', 'aria-checked', 'aria-selected', 'aria-current', 'aria-sort', 'aria-valuenow', 'aria-activedescendant', 'open'];
  const SILENT = new Set(['script', 'style', 'noscript', 'template', 'head', 'link', 'meta']);
  const PLAIN = new Set(['div', 'span', 'i', 'b', 'section', 'main', 'body', 'html']); // say nothing by being there
  const NATIVE = 'a[href], area[href], button, input, select, textarea, summary, iframe, object, embed, audio[controls], video[controls], [contenteditable]:not([contenteditable="false"])';

  const ownText = (element) => {
    let text = '';
    for (const child of element.childNodes) if (child.nodeType === 3) text += child.data;
    return text.replace(/\s+/g, ' ').trim().slice(0, TEXT);
  };

  /* What an element itself tells; '' for one that is only a box. */
  function told(element) {
    const name = element.localName, parts = [ownText(element)];
    if (name === 'input') parts.push(element.type === 'checkbox' || element.type === 'radio' ? `${element.checked}` : element.value, element.disabled ? 'off' : '');
    else if (name === 'select' || name === 'textarea') parts.push(element.value, element.disabled ? 'off' : '');
    else if (name === 'img' || name === 'iframe') parts.push(element.currentSrc || element.src || '');
    else if (name === 'audio' || name === 'video') parts.push(element.paused ? 'still' : 'plays');
    for (const state of STATES) if (element.hasAttribute(state)) parts.push(`${state}=${element.getAttribute(state)}`);
    const said = parts.filter(Boolean).join(' ').slice(0, 2 * TEXT);
    return said || (PLAIN.has(name) ? '' : `<${name}>`);
  }

  const outside = (box, style) =>
    box.right <= 0 || box.bottom + scrollY <= 0 ||
    (style.position === 'fixed' && (box.left >= innerWidth || box.top >= innerHeight));

  /* Every element that can be seen and tells something: element -> [place, what it tells]. */
  function seen() {
    const found = new Map(), stack = document.documentElement ? [[document.documentElement, '']] : [];
    while (stack.length && found.size < MOST) {
      const [element, place] = stack.pop();
      if (SILENT.has(element.localName)) continue;
      const style = getComputedStyle(element);
      if (style.display === 'none' || style.opacity === '0') continue;
      const box = style.display === 'contents' ? null : element.getBoundingClientRect();
      if (box && style.overflow !== 'visible' && (box.width <= 1 || box.height <= 1)) continue;
      if (box && style.position !== 'static' && outside(box, style)) continue;
      if (box && box.width > 1 && box.height > 1 && style.visibility === 'visible') {
        const what = told(element);
        if (what) found.set(element, [place, what]);
      }
      if (element.localName === 'svg') continue;
      const below = [...element.children].map((child, i) => [child, `${place}.${i}`]);
      if (element.shadowRoot) below.unshift(...[...element.shadowRoot.children].map((child, i) => [child, `${place}.s.${i}`]));
      for (let i = below.length - 1; i >= 0; i--) stack.push(below[i]);
    }
    return found;
  }

  function placeOf(element) {
    const steps = [];
    for (let one = element; one && one !== document.documentElement;) {
      const root = one.parentNode;
      if (!root || !root.children) return '';
      steps.unshift([...root.children].indexOf(one));
      if (root.nodeType === 11) { steps.unshift('s'); one = root.host; } else one = root;
    }
    return steps.map((step) => `.${step}`).join('');
  }

  function elementAt(place) {
    let one = document.documentElement;
    for (const step of place.split('.').slice(1)) one = step === 's' ? one?.shadowRoot : one?.children[Number(step)];
    return one?.nodeType === 1 ? one : null;
  }

  function active() {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    return one === document.body || one === document.documentElement ? null : one;
  }
  const focusPlace = () => { const one = active(); return one ? placeOf(one) : ''; };

  let marked = new Map(), address = '';
  function mark() {
    marked = seen();
    address = location.href;
    return true;
  }

  /* What is different since `mark`: place -> [before, after], '' for what is not there. */
  function changes() {
    const now = seen(), places = {};
    let count = 0;
    const add = (place, before, after) => { if (count++ < MOST_CHANGES) places[place] = [before, after]; };
    for (const [element, [place, before]] of marked) {
      const after = now.get(element)?.[1] ?? '';
      if (after !== before) add(place, before, after);
    }
    for (const [element, [place, after]] of now) if (!marked.has(element)) add(place, '', after);
    return { places, count, address: location.href === address ? '' : bounded(location.href, 500), focus: focusPlace() };
  }

  /* Where to point at an element after it was brought into view, in CSS pixels of the window; null where another lies on top. */
  function spot(place) {
    const element = elementAt(place);
    if (!element || !visible(element)) return null;
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1).slice(0, 5);
    for (const box of boxes)
      for (const [x, y] of [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.2], [0.5, 0.8]]) {
        const at = [box.x + box.width * x, box.y + box.height * y];
        let top = document.elementFromPoint(...at);
        while (top?.shadowRoot?.elementFromPoint(...at) && top.shadowRoot.elementFromPoint(...at) !== top) top = top.shadowRoot.elementFromPoint(...at);
        for (let up = top; up; up = parentOf(up)) if (up === element) return at;
      }
    return null;
  }

  function focus(place) {
    const element = elementAt(place);
    element?.focus({ preventScroll: false });
    return !!element && focusPlace() === place;
  }

  /* A control that the Tab key can reach, though it may be drawn by something else; and one that can be seen, too. */
  const reachable = (element) =>
    element.tabIndex >= 0 && (element.matches(NATIVE) || element.hasAttribute('tabindex')) && !element.matches(':disabled') &&
    !element.closest('[inert]') && element.checkVisibility({ visibilityProperty: true });
  const tabbable = (element) => reachable(element) && visible(element);

  const describe = (places) => {
    const elements = places.map(elementAt);
    const described = pointAt(elements.filter(Boolean));
    return elements.map((element) => (element ? described.shift() : null));
  };

  /* Gives what happens inside to `axe`, which names elements only between its set-up and its end. */
  function named(work) {
    axe.setup(document.documentElement);
    try { return work((element) => bounded(nameOf(element), 80)); } finally { axe.teardown(); }
  }

  globalThis.campusEffects = { NATIVE, seen, mark, changes, placeOf, elementAt, spot, focus, focusPlace, active, reachable, tabbable, describe, named };
  return true;
}
