/* Notes who is given the focus, one after the other; `step` tells what has become of it since the last one. */
() => {
  const { visible, tidy, parentOf } = campusAudit;
  const { NATIVE, placeOf, active, focusPlace, named } = campusEffects;
  const DIALOG = 'dialog, [role="dialog"], [role="alertdialog"], [aria-modal="true"]';
  const within = (element, selector) => { for (let up = element; up; up = parentOf(up)) if (up.matches(selector)) return up; return null; };
  const holds = (outer, inner) => { for (let up = inner; up; up = parentOf(up)) if (up === outer) return true; return false; };
  const there = new Set([...document.querySelectorAll(DIALOG)].filter(visible));
  let given = [];
  addEventListener('focus', (event) => { if (given.length < 20) given.push(event.composedPath()[0]); }, true);

  globalThis.campusFocusSteps = {
    start() { given = []; return true; },
    step() {
      const first = given.find((one) => one?.nodeType === 1), now = active();
      given = [];
      if (!first) return { place: focusPlace(), native: false, lost: false, thrown: false, opened: false, name: '' };
      const native = first.matches(NATIVE) && visible(first) && !first.closest('[aria-hidden="true"]');
      const name = native ? named((nameOf) => nameOf(first)) || tidy(first.textContent).slice(0, 80) : '';
      const dialog = now && within(now, DIALOG);
      return {
        place: placeOf(first), native, name, lost: native && !!name && first.isConnected && !now,
        opened: !!dialog && !there.has(dialog) && !holds(dialog, first),
        thrown: native && !!name && !!now && now !== first && !holds(first, now) && !holds(now, first) && !dialog,
      };
    },
  };
  return true;
}
