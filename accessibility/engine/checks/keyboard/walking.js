/* Leaves `campusKeyboard` in our world of a frame: where focus is, and what is known of the elements that it comes to. */
() => {
  const { bounded, tidy, walk, parentOf, pointAt, visible } = campusAudit;
  if (globalThis.campusKeyboard) return true;
  const numbers = new Map(), elements = [null]; // the numbers by which the elements are spoken of outside
  let moves = 0;
  addEventListener('focusin', () => { moves++; }, true);

  function active() {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const whole = element === document.body || element === document.documentElement;
    return whole && !element.isContentEditable && !element.hasAttribute('tabindex') ? null : element;
  }
  function numberOf(element) {
    if (!numbers.has(element)) { numbers.set(element, elements.length); elements.push(element); }
    return numbers.get(element);
  }
  const isFrame = (element) => ['IFRAME', 'FRAME', 'OBJECT', 'EMBED', 'FENCEDFRAME'].includes(element?.tagName);

  /* The element that has focus (0 for none), and how many moves of focus there were since it was asked last. */
  function where() {
    const element = active(), moved = moves;
    moves = 0;
    return { number: element ? numberOf(element) : 0, focused: document.hasFocus(), frame: isFrame(element), moves: moved };
  }

  const boxOf = (number) => {
    const { x, y, width, height } = elements[number].getBoundingClientRect();
    return [x, y, width, height];
  };
  const inWindow = (box) => box.left < innerWidth && box.right > 0 && box.top < innerHeight && box.bottom > 0;

  /* Whether anything of an element could be seen: it or something in it has a size, is in the window, and not transparent. */
  function seen(element) {
    let shown = false;
    walk(element, (one) => {
      const box = one.getBoundingClientRect();
      shown ||= box.width * box.height >= 4 && inWindow(box) && !clipped(one) &&
        one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      return !shown;
    });
    return shown || element.localName === 'area';
  }
  function clipped(element) {
    for (let up = element; up; up = parentOf(up)) {
      const style = getComputedStyle(up);
      if (/^rect\((0px,? ?|1px,? ?){4}\)$/.test(style.clip) && ['absolute', 'fixed'].includes(style.position)) return true;
      if (/^inset\((50|100)%/.test(style.clipPath)) return true;
    }
    return false;
  }

  /* Whether something else lies over all of it: asked at nine points. */
  function covered(element) {
    const box = element.getBoundingClientRect(), belongs = new Set([element, ...(element.labels || [])]);
    let asked = 0;
    if (getComputedStyle(element).pointerEvents === 'none') return false; // then it cannot be asked
    for (const i of [0.1, 0.5, 0.9]) for (const j of [0.1, 0.5, 0.9]) {
      const x = box.left + box.width * i, y = box.top + box.height * j;
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      asked++;
      let top = element.getRootNode().elementFromPoint(x, y);
      if (!top || top.contains(element)) return false;
      for (; top; top = parentOf(top)) if (belongs.has(top)) return false;
    }
    return asked > 0;
  }

  /* Whether a picture is missing there that should have been loaded: what stands on it may be seen by others. */
  function bare(element) {
    const box = element.getBoundingClientRect();
    return [...document.images].slice(0, 500).some((image) => {
      const one = image.getBoundingClientRect();
      const meets = one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom;
      return meets && image.complete && !image.naturalWidth;
    });
  }

  /* Elements that have stops of their own inside, which the document does not tell: parts of dates, players, closed shadows. */
  const INNER = 'input[type=date], input[type=time], input[type=month], input[type=week], input[type=datetime-local], video, audio, iframe, frame, object, embed';
  const inner = (element) => element.matches(INNER) || (element.localName.includes('-') && !element.shadowRoot);
  const TEXT = 'textarea, input:not([type]), input[type=text], input[type=search], input[type=email], input[type=url], input[type=tel], input[type=password], input[type=number]';
  function caret(element) {
    const typed = element.isContentEditable || (element.matches(TEXT) && !element.readOnly);
    const colour = getComputedStyle(element).caretColor;
    return typed && !/^(transparent|rgba\(.*, 0\))$/.test(colour) && visible(element);
  }
  const COMPOSITE = '[aria-activedescendant], [role=listbox], [role=grid], [role=tree], [role=treegrid], [role=application], canvas';
  const NATIVE = 'a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex]';
  const WORKED = 'button, input[type=button], input[type=submit], [role=button], summary, a[href^="#"], a[href^="javascript:"]';
  const DIALOG = 'dialog, [role=dialog], [role=alertdialog], [aria-modal=true]';

  /* What a stop is. `worked`: Enter does something in the page. `pattern` is the same for stops that are made alike. */
  function about(number) {
    const element = elements[number], parent = parentOf(element);
    const kind = (one) => (one ? `${one.localName}.${[...one.classList].slice(0, 4).join('.')}` : '');
    const told = [element.getAttribute('aria-label'), element.labels?.[0]?.innerText, element.innerText,
      element.querySelector('img')?.alt, element.title, element.value, element.id];
    const name = told.find((text) => typeof text === 'string' && text.trim()) || element.localName;
    return {
      name: bounded(tidy(name), 80), box: boxOf(number),
      pattern: bounded([kind(element), element.type || '', element.getAttribute('role') || '', kind(parent)].join(' '), 300),
      inner: inner(element), caret: caret(element), seen: seen(element), covered: covered(element), bare: bare(element),
      composite: element.matches(COMPOSITE), scroller: !element.matches(NATIVE) && !element.isContentEditable,
      worked: element.matches(WORKED) || (element.matches('a[href]') && !!element.closest(DIALOG)),
    };
  }

  function focus(number) { elements[number].focus(); return active() === elements[number]; }
  function blur() { active()?.blur(); return true; }
  const shows = (number) => active() === elements[number] && elements[number].matches(':focus-visible');
  const point = (number) => (elements[number].isConnected ? pointAt([elements[number]])[0] : null);

  /* Changes the colours of an element, and back, which a picture of the window must show. */
  function invert(number) {
    const element = elements[number], { style } = element, { transition } = style;
    style.setProperty('transition', 'none', 'important'); // at once
    if (style.getPropertyPriority('filter')) style.removeProperty('filter');
    else style.setProperty('filter', 'invert(1)', 'important');
    getComputedStyle(element).getPropertyValue('filter');
    style.transition = transition;
    if (!element.getAttribute('style')) element.removeAttribute('style'); // a finding shows the code as it was written
    return true;
  }

  /* Waits for what a change of focus sets in motion. */
  async function rest(_number, limit) {
    const ends = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished.catch(() => {}));
    await Promise.race([Promise.all(ends), new Promise((done) => setTimeout(done, limit))]);
    return true;
  }

  globalThis.campusKeyboard = { active, where, boxOf, about, focus, blur, shows, invert, point, rest, elements };
  return true;
}
