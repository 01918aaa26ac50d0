/* Puts `campusStatus` into our world: what can be done on the page that it may answer with a status, and what it answers. */
(given) => {
  const { walk, bounded, pointAt } = campusAudit;
  const MOST_BUTTONS = 3;
  const does = new RegExp(given.does, 'iu'), status = new RegExp(given.status, 'iu'), destructive = new RegExp(given.destructive, 'iu'), filters = new RegExp(given.filters, 'iu');
  const OPENS = '[aria-haspopup], [aria-expanded], [aria-controls], [data-toggle], [data-bs-toggle], [popovertarget], [role="tab"]';
  const APART = 'dialog, [role="dialog"], [role="alertdialog"], [role="listbox"], [role="menu"], [role="tooltip"]';
  const nameOf = (element) => bounded(element.getAttribute('aria-label') || element.value || seen.text(element) || element.title || element.placeholder || '', 100);

  const actions = [], names = new Set();
  let filter = null;
  walk(document.documentElement, (element) => {
    if (seen.matches(element, 'input:not([readonly])') && !filter && seen.enabled(element) && seen.shown(element) && /^(search|text)$/.test(element.type)) {
      const said = `${seen.labelling(element).map(seen.labelText).join(' ')} ${element.getAttribute('aria-label') || ''} ${element.placeholder}`;
      const sent = element.form && seen.inside(element.form, 'button:not([type="button"]), input[type="submit"]').length;
      if (!sent && filters.test(said) && !element.matches('[role="combobox"], [aria-autocomplete], [list]')) filter = element;
    }
    if (!seen.matches(element, 'button, input[type="button"], [role="button"]') || element.matches(OPENS) || element.localName === 'a') return true;
    if (element.form && element.type === 'submit') return true;
    const name = nameOf(element);
    if (actions.length >= MOST_BUTTONS || names.has(name.toLowerCase()) || !does.test(name) || destructive.test(name)) return true;
    if (!seen.enabled(element) || !seen.shown(element) || !seen.exposed(element)) return true;
    names.add(name.toLowerCase());
    actions.push({ element, kind: 'press', name });
    return true;
  });
  if (filter) actions.push({ element: filter, kind: 'type', name: bounded(seen.labelling(filter).map(seen.labelText).join(' ') || nameOf(filter), 100) });

  let then, message = null;
  function begin(index) {
    const { element } = actions[index];
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect(), point = [box.x + box.width / 2, box.y + box.height / 2];
    const top = element.getRootNode().elementFromPoint(...point);
    then = appeared.moment();
    return top && (element === top || element.contains(top)) ? point : null;
  }
  function outcome(index) {
    const { element } = actions[index], focus = appeared.focused();
    if (!element.isConnected || !seen.shown(element)) return null;
    const { texts, announced } = appeared.since(then);
    const elsewhere = texts.filter((one) => !element.contains(one.element) && !appeared.within(one.element, APART));
    const moved = focus && focus !== document.body && focus !== element;
    const opened = texts.length !== elsewhere.length && texts.some((one) => appeared.within(one.element, APART));
    if (!elsewhere.length || moved || opened) return { announced, text: '', clear: false, at: null };
    const few = elsewhere.length <= 3; // more is content that was asked for
    const first = few && elsewhere.find(({ text }) => text.length <= 100 && status.test(text));
    const told = first || (few && elsewhere.find(({ text }) => text.length <= 100));
    message = told ? told.element : null;
    return { announced, text: told ? told.text : '', clear: !!first, at: told ? pointAt([told.element])[0] : null };
  }
  /* Brings the message into the window, where it is not there. */
  const show = () => { message?.scrollIntoView({ block: 'nearest', behavior: 'instant' }); return true; };
  globalThis.campusStatus = { begin, outcome, show };
  return actions.map(({ kind, name }) => ({ kind, name }));
}
