/* What opens dialogs, and where the focus is with regard to them. */
(most) => {
  const { visible, walk, parentOf, tidy } = campusAudit;
  const { placeOf, elementAt, active, tabbable, named } = campusEffects;
  const DIALOG = 'dialog, [role="dialog"], [role="alertdialog"]';
  const SAYS = '[aria-haspopup="dialog"], [data-toggle="modal"], [data-bs-toggle="modal"], [command="show-modal"]';
  const BUTTON = 'button:not([type="submit"]), button[type="button"], button[form=""], input[type="button"], [role="button"], a[href^="#"], [commandfor], [popovertarget]';
  const CLOSES = /\b(close|cancel|dismiss|done|ok|okay|no|hide|back|got it|fermer|annuler|non|retour|schlie(ss|ß)en|abbrechen|cerrar|cancelar)\b|^[×✕✖x]$/i;
  const dialogs = () => {
    const found = [];
    walk(document.documentElement, (element) => { if (element.matches(DIALOG) && found.length < 50) found.push(element); return true; });
    return found;
  };
  const shown = () => dialogs().filter((one) => visible(one) && !one.closest('[aria-hidden="true"]'));
  const inside = (element, outer) => { for (let up = element; up; up = parentOf(up)) if (up === outer) return true; return false; };
  const controls = (element) => element.getAttribute('aria-controls') || element.getAttribute('commandfor') || element.getAttribute('data-target')?.slice(1) || '';
  const opens = (element) => element.matches(SAYS) || !!document.getElementById(controls(element))?.matches(DIALOG);
  const before = new Set(shown());
  let dialog = null;

  const isModal = () => dialog.matches('dialog:modal') || dialog.getAttribute('aria-modal') === 'true';
  const stops = () => {
    const found = [];
    walk(dialog, (element) => { if (found.length < 40 && tabbable(element)) found.push(element); return true; });
    return found;
  };
  globalThis.campusDialogs = {
    /* Openers: those that say so first, then buttons, which may. */
    openers() {
      const sure = [], maybe = [];
      const hidden = dialogs().some((one) => !visible(one));
      walk(document.body || document.documentElement, (element) => {
        if (!tabbable(element) || shown().some((one) => inside(element, one))) return true;
        if (opens(element)) sure.push(element);
        else if (hidden && element.matches(BUTTON) && !element.closest('form')) maybe.push(element);
        return true;
      });
      return named((nameOf) => [...sure, ...maybe].slice(0, most).map((element) => ({ place: placeOf(element), name: nameOf(element) })));
    },
    /* The dialog that is there now and was not before, if any. */
    opened() {
      dialog = shown().find((one) => !before.has(one)) || null;
      return dialog && { place: placeOf(dialog), name: named((nameOf) => nameOf(dialog)), modal: isModal(), stops: stops().length,
        closers: stops().map((one) => [placeOf(one), tidy(one.getAttribute('aria-label') || one.textContent || one.value)]).sort((a, b) => CLOSES.test(b[1]) - CLOSES.test(a[1])).slice(0, 6).map(([place]) => place) };
    },
    isOpen: () => !!dialog && dialog.isConnected && shown().includes(dialog),
    /* Where the focus is: "in" the dialog, "nowhere", or the place of the element outside of it. */
    focus() {
      const one = active();
      if (!one) return { where: 'nowhere', place: '', name: '' };
      if (dialog && inside(one, dialog)) return { where: 'in', place: placeOf(one), name: '' };
      return { where: 'out', place: placeOf(one), name: tidy(one.getAttribute('aria-label') || one.textContent || one.localName).slice(0, 80) };
    },
    /* Whether an element lies within a few stops of another. */
    near([one, other]) {
      const all = [];
      walk(document.documentElement, (element) => { if (tabbable(element)) all.push(element); return true; });
      const [a, b] = [all.indexOf(elementAt(one)), all.indexOf(elementAt(other))];
      return a >= 0 && b >= 0 && Math.abs(a - b) <= 2;
    },
    /* What in the dialog reacts to the pointer and closes it, perhaps: named so, and out of the keyboard's reach. */
    mouseClosers() {
      const found = [];
      walk(dialog, (element) => {
        const words = tidy(element.getAttribute('aria-label') || element.title || element.textContent);
        if (found.length < 4 && words.length < 20 && CLOSES.test(words) && visible(element) && !tabbable(element)) found.push(placeOf(element));
        return true;
      });
      return found.reverse();
    },
  };
  return true;
}
