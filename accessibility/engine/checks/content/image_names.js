/* Images whose alternative may be no alternative, and those that are hidden although something says that they matter.
   Only what looks suspicious is brought back; the caller decides. `words` are single words that are. */
(given) => {
  const { walk, visible, exposed, tidy, bounded, pointAt } = campusAudit;
  const MOST = 30, MOST_TEXT = 60000;
  const NAMING = ['aria-label', 'aria-labelledby'], CONTROLS = 'a[href], button, label, summary, [role="button"], [role="link"], [role="tab"], [role^="menuitem"]';
  const FILE_LIKE = /\.(png|jpe?g|jfif|gif|svg|webp|bmp|avif|tiff?|ico|heic)\b|^https?:|^data:/i;
  const ONE_WORD = /^[^\s]{1,40}([ _-]?\(?\d+\)?)?$/u, LETTERS = /^\p{L}+$/u, words = new Set(given.words);

  const lower = (text) => tidy(text).toLowerCase();
  const roleOf = (element) => (element.getAttribute('role') || '').trim().split(/\s+/)[0].toLowerCase();
  const decorative = (element) => ['none', 'presentation'].includes(roleOf(element)) || (element.localName === 'img' && element.getAttribute('alt') === '' && !roleOf(element));
  const named = (element) => NAMING.some((name) => tidy(element.getAttribute(name)));
  const sourceOf = (element) => (/^data:/i.test(element.currentSrc || element.src) ? '' : element.currentSrc || element.src || '');
  function fileOf(element) {
    try { return decodeURIComponent(new URL(sourceOf(element)).pathname.split('/').pop()); } catch { return ''; }
  }
  /* Whether something must be answered by means of it. */
  const TESTS = /captcha|(?<!\p{L})(quiz(zes)?|tests?|exams?|examination|exercises?|riddle|exercices?|épreuve|examen|devinette|übung(en)?|prüfung|rätsel|ejercicios?|esame|esercizi[oa]?|اختبار|تمرين)(?!\p{L})/iu;
  function tested(element, file) {
    const asked = element.closest('form, fieldset, [role="radiogroup"], [role="form"]');
    return /captcha/i.test(`${file} ${element.alt ?? ''} ${element.id} ${element.getAttribute('class') ?? ''}`) || (!!asked && TESTS.test(bounded(asked.textContent, 4000)));
  }
  const captionOf = (element) => element.closest('figure')?.querySelector('figcaption') ?? null;

  const suspicious = [], repeated = [], hidden = [], conflicting = [], found = [];
  let judged = false;
  const keep = (list, element, more) => { if (list.length < MOST) list.push({ ...more, at: found.push(element) - 1 }); };

  function image(element, shown) {
    const caption = captionOf(element), { width, height } = element.getBoundingClientRect();
    if (!shown || (decorative(element) && !named(element))) {
      if (caption && visible(caption) && exposed(caption) && Math.min(width, height) >= 64 && !element.closest('a, button'))
        keep(hidden, element, { caption: tidy(caption.textContent) });
      return;
    }
    const text = tidy(element.getAttribute('aria-label') || element.getAttribute('alt') || element.getAttribute('title'));
    if (!text || element.hasAttribute('aria-labelledby')) return;
    judged = true;
    const file = bounded(fileOf(element), 200);
    if (caption && lower(caption.textContent) === lower(text)) keep(repeated, element, { text });
    const odd = ONE_WORD.test(text) && (!LETTERS.test(text) || words.has(lower(text)));
    if (FILE_LIKE.test(text) || odd || !/[\p{L}\p{N}]/u.test(text) || lower(file) === lower(text))
      keep(suspicious, element, { text, file, width, height, tested: tested(element, file), linked: !!element.closest('a[href]'), control: !!element.closest(CONTROLS) || element.localName === 'input' });
  }

  walk(document.documentElement, (element) => {
    const pictured = element.localName === 'img' || element.matches('input[type="image"], [role="img"]');
    if (!pictured && !element.hasAttribute('role')) return true;
    if (!visible(element)) return true;
    const shown = exposed(element);
    if (shown && decorative(element) && named(element)) keep(conflicting, element, {});
    if (pictured) image(element, shown);
    return true;
  });
  const told = suspicious.length ? (document.body?.innerText || '').slice(0, MOST_TEXT).toLowerCase() : '';
  for (const one of suspicious) one.told = told.includes(lower(one.text));
  const described = pointAt(found);
  for (const one of [...suspicious, ...repeated, ...hidden, ...conflicting]) one.at = described[one.at];
  return { suspicious, repeated, hidden, conflicting, judged };
}
