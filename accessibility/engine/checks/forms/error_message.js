/* Messages of errors that stand in the page as it was loaded, each with the field it is about. */
(given) => {
  const { walk, pointAt, bounded } = campusAudit;
  const MOST = 20, LONGEST = 160;
  const error = new RegExp(given.error, 'iu');
  const fields = [], controls = [];
  walk(document.documentElement, (element) => {
    if (fields.length > 200) return false;
    if (seen.isField(element) && seen.enabled(element) && seen.shown(element)) fields.push(element);
    else if (element.hasAttribute('aria-describedby') && seen.matches(element, 'button, input, a[href], [role="button"]')) controls.push(element);
    return true;
  });
  if (!fields.length) return { judged: 0, messages: [], hidden: [], bare: [], loose: [] };
  const labelOf = (field) => bounded(seen.labelling(field).slice(0, 3).map(seen.labelText).join(' ') || field.getAttribute('aria-label') || '', 120);

  const FIELDS = 'input, select, textarea, button, label, legend, h1, h2, h3, h4, h5, h6, a[href]';
  /* Text right after a field, before anything else that could be what it is about. */
  function after(field) {
    let at = field;
    for (let steps = 0; at && steps < 6; steps++) {
      const next = at.nextElementSibling;
      if (!next) {
        at = at.parentElement;
        if (!at || at.localName === 'form' || at === document.body || at.querySelectorAll('input, select, textarea').length > 1) return null;
        continue;
      }
      if (next.matches(FIELDS) || next.querySelector('input, select, textarea, button')) return null;
      if (seen.shown(next) && seen.text(next)) return next;
      at = next;
    }
    return null;
  }
  const messages = [], bare = [];
  for (const field of fields) {
    if (messages.length >= MOST) break;
    const tied = [...seen.referenced(field, 'aria-errormessage'), ...seen.referenced(field, 'aria-describedby')].filter((one) => seen.shown(one));
    const beside = after(field);
    const texts = [...new Set([...tied, ...(beside ? [beside] : [])])].map((element) => ({ element, text: seen.text(element) }));
    const wrong = texts.filter(({ text }) => text && text.length <= LONGEST && error.test(text));
    if (wrong.length) messages.push({ field, label: labelOf(field), all: texts.map(({ text }) => bounded(text, 300)), text: wrong[0].text, tied: tied.includes(wrong[0].element) });
    else if (bare.length < MOST && field.getAttribute('aria-invalid') === 'true' && !texts.length && !seen.referenced(field, 'aria-describedby').length) bare.push({ field, label: labelOf(field) });
  }
  /* A message that no one sees, and that a button carries instead of the field. */
  const hidden = controls.filter((one) => !seen.isField(one)).slice(0, MOST).flatMap((control) => seen.referenced(control, 'aria-describedby')
    .filter((one) => !seen.shown(one) && error.test(one.textContent)).slice(0, 1).map((one) => ({ control, text: bounded(seen.squeeze(one.textContent), LONGEST) })));
  /* Messages of a form as a whole, which stand with no field. */
  const loose = [...document.forms].slice(0, 10).flatMap((form) => seen.inside(form, 'p, span, div, li, b, strong, em, small, output').slice(0, 300)
    .filter((one) => !one.firstElementChild && error.test(one.textContent) && one.textContent.length <= LONGEST && seen.shown(one) && !one.closest('label, legend, button'))
    .map((element) => ({ element, text: seen.text(element) }))).filter(({ text }) => text && !messages.some((one) => one.all.includes(text))).slice(0, 5);
  const told = messages.filter(({ text, label }) => text.split(' ').length <= given.short);
  const at = pointAt([...told.map(({ field }) => field), ...hidden.map(({ control }) => control), ...bare.map(({ field }) => field), ...loose.map(({ element }) => element)]);
  return {
    judged: messages.length,
    messages: told.map(({ field, ...rest }, i) => ({ ...rest, at: at[i] })),
    hidden: hidden.map(({ text }, i) => ({ text, at: at[told.length + i] })),
    bare: bare.map(({ label }, i) => ({ label, at: at[told.length + hidden.length + i] })),
    loose: loose.map(({ text }, i) => ({ text, at: at[told.length + hidden.length + bare.length + i] })),
  };
}
