/* Controls that could turn something off or change it: those that can be seen, with the words that name them. */
(words) => {
  const { walk, tidy } = campusAudit;
  const { placeOf, reachable, named } = campusEffects;
  const SOUGHT = 'button, a[href], input[type="checkbox"], input[type="radio"], input[type="button"], select, summary, [role="button"], [role="switch"], [role="checkbox"], [role="menuitem"], [role="link"], [role="tab"]';
  const pattern = words ? new RegExp(words, 'iu') : null, found = [];
  return named((nameOf) => {
    walk(document.body || document.documentElement, (element) => {
      if (found.length >= 60) return false;
      if (element.matches(SOUGHT) && reachable(element)) {
        const group = element.closest('fieldset, [role="group"]')?.querySelector('legend')?.textContent ?? '';
        const name = nameOf(element) || tidy(element.textContent);
        found.push({ place: placeOf(element), name, speaks: pattern ? pattern.test(`${name} ${group} ${element.id}`) : false,
          link: element.localName === 'a', kind: element.localName === 'select' ? 'select' : element.type || element.localName });
      }
      return true;
    });
    return found;
  });
}
