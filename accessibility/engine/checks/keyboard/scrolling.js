/* Areas with content out of sight in which the keyboard has a stop; those without any are axe's matter. */
() => {
  const { visible, walk, tidy } = campusAudit;
  const { placeOf, elementAt, tabbable, named } = campusEffects;
  const MOST = 6, HIDDEN = 24, WALKED = 8000, STOPS = 60;
  const ITS_OWN = 'textarea, select, input, [role="listbox"], [role="tree"], [role="grid"], [role="menu"], [role="tablist"], [inert], [aria-hidden="true"]';
  const scrolls = (how) => how === 'auto' || how === 'scroll';
  function scrollable(element) {
    if (element.clientWidth < 40 || element.clientHeight < 40) return false;
    const down = element.scrollHeight - element.clientHeight > HIDDEN, across = element.scrollWidth - element.clientWidth > HIDDEN;
    if (!down && !across) return false;
    const style = getComputedStyle(element);
    return (down && scrolls(style.overflowY)) || (across && scrolls(style.overflowX));
  }
  function stopsOf(area) {
    const found = [];
    walk(area, (element) => { if (found.length < STOPS && tabbable(element)) found.push(element); return true; });
    return found.length > 6 ? [...found.slice(0, 3), ...found.slice(-3)] : found;
  }
  globalThis.campusScrolled = (place) => { const area = elementAt(place); return area ? [Math.round(area.scrollLeft), Math.round(area.scrollTop)] : null; };

  const found = [];
  let walked = 0;
  walk(document.body || document.documentElement, (element) => {
    if (++walked > WALKED || found.length >= MOST || element.matches(ITS_OWN)) return false;
    if (element !== document.body && scrollable(element) && visible(element) && tidy(element.innerText).length > 40) {
      const stops = stopsOf(element);
      if (stops.length) found.push([element, stops]);
    }
    return true;
  });
  return named((nameOf) => found.map(([element, stops]) => ({
    place: placeOf(element), name: nameOf(element) || tidy(element.textContent).slice(0, 60), stops: stops.map(placeOf) })));
}
