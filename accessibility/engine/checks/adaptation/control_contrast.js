/* Controls whose boundary, state or icon can be measured, one of each pattern; kept for the steps of the measurement. */
(given) => {
  const { walk, visible, pointAt, boxOf } = campusAudit;
  const MOST_PATTERNS = 8, MOST_WALKED = 6000, DEFAULT_BORDER = 'rgb(118, 118, 118)';
  const NO_FIELDS = ['hidden', 'submit', 'button', 'reset', 'image', 'file', 'range', 'color'];
  const inactive = (one) => one.matches(':disabled') || !!one.closest('[inert], [aria-disabled="true"], [aria-hidden="true"]');
  const toggles = (one) => one.localName === 'input' && ['checkbox', 'radio'].includes(one.type);
  const isField = (one) => (one.localName === 'input' && !NO_FIELDS.includes(one.type)) || ['select', 'textarea'].includes(one.localName);
  const isControl = (one) => ['button', 'a'].includes(one.localName) || ['button', 'link', 'switch', 'tab'].includes(one.getAttribute('role'));

  /* Drawn by the page; what the browser draws by itself is an exception of the criterion. */
  function styled(one) {
    const style = getComputedStyle(one);
    if (toggles(one)) return style.appearance === 'none';
    return style.appearance === 'none' || style.borderTopColor !== DEFAULT_BORDER;
  }
  /* Whether nothing but its boundary shows where it is. */
  const empty = (one) => one.localName !== 'select' && !one.value && !one.placeholder && !one.readOnly && getComputedStyle(one).backgroundImage === 'none';
  const words = (one) => /[\p{L}\p{N}]/u.test(one.innerText ?? '');
  function isIcon(one) {
    if (words(one) || one.querySelector('img, video, canvas, input')) return false;
    if (one.querySelector('svg')) return true;
    return [one, ...one.querySelectorAll('i, span')].some((part) => ['::before', '::after'].some((pseudo) =>
      /^"[\uE000-\uF8FF]/.test(getComputedStyle(part, pseudo).content)));
  }
  const named = (one) => `${one.id} ${one.getAttribute('class') ?? ''} ${one.getAttribute('aria-label') ?? ''} ${one.title}`;
  /* Logotypes, and pictures whose very colours are what they say: flags, colours to choose from. */
  const LOGO = /logo|brand|facebook|twitter|linkedin|youtube|instagram|github|mastodon|swatch|palette|flag-icon/i;
  const COLOUR = /(?<!\p{L})(flag|drapeau|flagge|bandera|bandiera|colou?r|couleur|farbe|colore)s?(?!\p{L})/iu;
  const essential = (one) => LOGO.test(named(one)) || COLOUR.test(`${one.getAttribute('aria-label') ?? ''} ${one.title}`);
  const repeated = (one) => one.localName === 'a' && [...document.querySelectorAll('a[href]')].slice(0, 500).some((other) => other !== one && other.href === one.href && words(other));

  const found = [], seen = new Set();
  let walked = 0;
  walk(document.body ?? document.documentElement, (one) => {
    if (++walked > MOST_WALKED || found.length >= 3 * MOST_PATTERNS) return false;
    const field = isField(one);
    if ((!field && !isControl(one)) || !visible(one) || inactive(one)) return true;
    const kind = field ? 'field' : isIcon(one) ? 'icon' : 'other';
    const pattern = `${kind} ${one.localName} ${one.type ?? ''} ${one.getAttribute('class') ?? ''} ${one.getAttribute('style') ?? ''}`;
    if (seen.has(pattern) || [...found].filter((other) => other.kind === kind).length >= MOST_PATTERNS) return true;
    if (kind === 'field' && !styled(one)) return true;
    if (kind === 'icon' && (essential(one) || repeated(one))) return true;
    seen.add(pattern);
    found.push({ kind, element: one });
    return true;
  });
  if (given.count) return found.length;

  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const NO_TEXT = '*, ::before, ::after { -webkit-text-fill-color: transparent !important; text-shadow: none !important; text-decoration-color: transparent !important; }';
  const ALWAYS = '*, ::before, ::after { transition: none !important; caret-color: transparent !important; } ';
  const settled = () => new Promise((done) => setTimeout(() => done(true), 40));
  globalThis.campusControls = {
    bare: () => { sheet.replaceSync(ALWAYS); document.activeElement?.blur?.(); return settled(); },
    textless: () => { sheet.replaceSync(ALWAYS + NO_TEXT); return settled(); },
    iconless: () => { sheet.replaceSync(`${ALWAYS}${NO_TEXT} svg { visibility: hidden !important; }`); return settled(); },
    focus: (i) => { found[i].element.focus({ preventScroll: true, focusVisible: true }); return settled(); },
    blur: (i) => { found[i].element.blur(); return settled(); },
    toggle: (i) => { found[i].element.checked = !found[i].element.checked; return settled(); },
  };
  const described = pointAt(found.map(({ element }) => element));
  const { scrollWidth, scrollHeight } = document.documentElement;
  return {
    size: [scrollWidth, scrollHeight],
    controls: found.map(({ kind, element }, i) => ({
      kind, box: boxOf(element), toggles: toggles(element), empty: kind === 'field' && empty(element), at: described[i],
    })),
  };
}
