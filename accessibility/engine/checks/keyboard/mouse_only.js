/* Elements that may react to the pointer alone, and controls made of plain elements that may not listen to keys.
   `places` are elements with pointer listeners of their own. One or two of each pattern, in document order. */
(places) => {
  const { visible, parentOf, walk } = campusAudit;
  const { NATIVE, elementAt, placeOf, reachable, tabbable, named } = campusEffects;
  const MOST = 16, OF_A_KIND = 2, MOST_WALKED = 6000;
  const WIDGETS = new Set(['button', 'link', 'checkbox', 'switch', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'tab', 'option', 'radio', 'treeitem']);
  const COMPOSITE = '[role="listbox"], [role="menu"], [role="menubar"], [role="grid"], [role="treegrid"], [role="tree"], [role="tablist"], [role="radiogroup"], [role="combobox"], [role="toolbar"], [role="application"]';
  const PICTURED = 'canvas, map, video, audio, object, embed'; // where the way of the pointer may be the point of it
  const role = (element) => element.getAttribute('role')?.trim().split(/\s+/)[0].toLowerCase() || '';

  const listening = new Set(places.map(elementAt).filter(Boolean));
  const clickable = new Set(), controls = [];
  let walked = 0;
  walk(document.body || document.documentElement, (element) => {
    if (++walked > MOST_WALKED) return false;
    if (element.matches('script, style, template, noscript, svg *')) return false;
    const pointed = getComputedStyle(element).cursor === 'pointer' && element.parentElement && getComputedStyle(element.parentElement).cursor !== 'pointer';
    if (listening.has(element) || element.hasAttribute('onclick') || pointed) clickable.add(element);
    if (element.hasAttribute('tabindex') && element.tabIndex >= 0 && !element.matches(NATIVE) && !element.matches(COMPOSITE) && (WIDGETS.has(role(element)) || listening.has(element))) controls.push(element);
    return true;
  });

  const focusable = (element) => element.matches(NATIVE) || element.hasAttribute('tabindex') || element.matches('a, label, option, optgroup, legend');
  function within(element) {
    for (let up = element; up; up = parentOf(up)) {
      if (up === document.body || up === document.documentElement) return false;
      if (up !== element && focusable(up)) return true;
      if (up.matches(COMPOSITE) || up.matches(PICTURED) || up.matches('[aria-hidden="true"], [inert], [aria-disabled="true"], fieldset:disabled')) return true;
    }
    return false;
  }
  const wide = (element) => {
    const box = element.getBoundingClientRect();
    return box.width * box.height > 0.5 * innerWidth * innerHeight;
  };
  const holdsFocusable = (element) => {
    let found = false;
    walk(element, (inner) => { if (inner !== element && (inner.matches(NATIVE) || inner.hasAttribute('tabindex'))) found = true; return !found; });
    return found;
  };
  const innermost = (element) => ![...clickable].some((other) => other !== element && element.contains(other) && visible(other));
  const unreachable = [...clickable].filter((element) =>
    (element.localName === 'a' ? !element.hasAttribute('href') && !element.hasAttribute('tabindex') : !focusable(element)) &&
    element !== document.body && visible(element) && !wide(element) && !within(element) && !holdsFocusable(element) && innermost(element));

  /* The nearest controls that the keyboard reaches: in the same group first, then further out. */
  function near(element) {
    const found = [];
    for (let up = parentOf(element), levels = 0; up && levels < 6 && found.length < 4; up = parentOf(up), levels++)
      walk(up, (one) => { if (found.length < 4 && !found.includes(one) && reachable(one)) found.push(one); return found.length < 4; });
    return found.map(placeOf);
  }

  const kinds = new Map();
  const few = (element) => {
    const kind = `${element.localName} ${role(element)} ${element.className?.baseVal ?? element.className} ${element.parentElement?.localName}.${element.parentElement?.className}`;
    kinds.set(kind, (kinds.get(kind) || 0) + 1);
    return kinds.get(kind) <= OF_A_KIND;
  };
  return named((nameOf) => ({
    unreachable: unreachable.filter(few).slice(0, MOST).map((element) => ({
      place: placeOf(element), name: nameOf(element) || campusAudit.tidy(element.textContent).slice(0, 80), near: near(element) })),
    deaf: controls.filter((element) => visible(element) && !element.closest('[aria-hidden="true"], [inert], [aria-disabled="true"]') && !holdsFocusable(element)).filter(few)
      .slice(0, MOST).map((element) => ({ place: placeOf(element), name: nameOf(element), role: role(element) })),
    targets: [...document.querySelectorAll('a[href], area[href]')].filter(tabbable).slice(0, 3000).map((link) => campusAudit.bounded(String(link.href), 500)),
  }));
}
