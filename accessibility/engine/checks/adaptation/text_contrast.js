/* The texts whose contrast axe cannot decide, with what a measurement needs of them. They are kept for `hide`.
   `given.count` asks only whether there may be any: axe has told already, unless it was not among the checks. */
async (given) => {
  const { pointAt, parentOf, elementOf } = campusAudit;
  const OPTIONS = { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['incomplete'], elementRef: true };
  const UNMEASURED = ['equalRatio', 'shortTextContent', 'nonBmp', 'colorParse', 'complexTextShadows'];
  const MOST_TEXTS = 40, MOST_RECTS = 40;
  const WORDS = /[\p{L}\p{N}]{2,}/u;
  const known = given.count && campusAudit.doubtful('color-contrast');
  if (typeof known === 'boolean') return Number(known);
  const { incomplete } = await campusAudit.runInFrame(OPTIONS, true);
  const doubtful = (incomplete[0]?.nodes ?? [])
    .filter((node) => !node.any.some((check) => UNMEASURED.includes(check.data?.messageKey)))
    .map(elementOf)
    .filter((element) => element && !element.closest('[aria-hidden="true"], [aria-disabled="true"]'));
  const textNodes = (element) => [...element.childNodes].filter((node) => node.nodeType === 3 && WORDS.test(node.data));
  const texts = doubtful.filter((element) => textNodes(element).length).slice(0, MOST_TEXTS);
  if (given.count) return texts.length;

  /* What is loaded only when it is scrolled to belongs behind its text. */
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const below = texts.filter((element) => element.getBoundingClientRect().bottom > innerHeight);
  for (const element of below) { element.scrollIntoView({ block: 'center', behavior: 'instant' }); await pause(40); }
  for (let i = 0; i < 20 && below.length && [...document.images].some((image) => image.src && !image.complete); i++) await pause(100);
  if (below.length) scrollTo({ top: 0, left: 0, behavior: 'instant' });

  /* Whether a picture behind a text is missing, so that others see something else. */
  const loads = (url) => { const image = new Image(); image.src = url; return Promise.race([image.decode().then(() => true, () => false), pause(1500)]); };
  async function incompleteBehind(element, chain) {
    const box = element.getBoundingClientRect();
    const apart = (other) => other.right < box.left || other.left > box.right || other.bottom < box.top || other.top > box.bottom;
    if ([...document.images].some((image) => image.src && !image.naturalWidth && !apart(image.getBoundingClientRect()))) return true;
    const urls = chain.slice(0, 12).flatMap(([, style]) => [...style.backgroundImage.matchAll(/url\("(.+?)"\)/g)]).map(([, url]) => url).slice(0, 3);
    return !(await Promise.all(urls.map(loads))).every(Boolean);
  }

  function above(element) {
    const chain = [];
    for (let up = element; up; up = parentOf(up)) chain.push([up, getComputedStyle(up)]);
    return chain;
  }

  /* The part of a rectangle that no scrolled or cut ancestor hides. */
  function shown(rect, chain) {
    let [left, top, right, bottom] = [rect.left, rect.top, rect.right, rect.bottom];
    for (const [up, style] of chain) {
      if (style.overflowX === 'visible' || up === document.body || up === document.documentElement) continue;
      const box = up.getBoundingClientRect();
      left = Math.max(left, box.left); top = Math.max(top, box.top);
      right = Math.min(right, box.right); bottom = Math.min(bottom, box.bottom);
    }
    return right - left > 1 && bottom - top > 1 ? [left + scrollX, top + scrollY, right - left, bottom - top] : null;
  }

  function rectsOf(element, chain) {
    const rects = [];
    for (const node of textNodes(element)) {
      const range = document.createRange();
      range.selectNodeContents(node);
      rects.push(...range.getClientRects());
    }
    return rects.slice(0, MOST_RECTS).map((rect) => shown(rect, chain)).filter(Boolean);
  }

  function colourOf(text) {
    const colour = new axe.commons.color.Color();
    colour.parseString(text);
    return [colour.red, colour.green, colour.blue, colour.alpha];
  }

  async function measured(element) {
    const chain = above(element), style = chain[0][1];
    const some = (test) => chain.some(([, one]) => test(one));
    return {
      rects: rectsOf(element, chain),
      colour: colourOf(style.webkitTextFillColor),
      opacity: chain.reduce((product, [, one]) => product * Number(one.opacity), 1),
      size: parseFloat(style.fontSize), weight: Number(style.fontWeight),
      mixed: some((one) => one.filter !== 'none' || one.mixBlendMode !== 'normal') || parseFloat(style.webkitTextStrokeWidth) > 0 || style.backgroundClip.includes('text'),
      floating: some((one) => ['fixed', 'sticky'].includes(one.position) || one.backgroundAttachment.includes('fixed')),
      missing: await incompleteBehind(element, chain),
      logo: chain.some(([up]) => /\b(logo|brand|wordmark)/i.test(`${up.id} ${up.getAttribute('class') ?? ''}`)),
    };
  }
  globalThis.campusTexts = texts;
  const described = pointAt(texts), measures = await Promise.all(texts.map(measured));
  const { scrollWidth, scrollHeight } = document.documentElement;
  return { size: [scrollWidth, scrollHeight], texts: measures.map((one, i) => ({ ...one, at: described[i] })) };
}
