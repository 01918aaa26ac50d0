/* Of the elements at these places, those that are worth a press of the pointer: few of each pattern. */
(places) => {
  const { visible, tidy } = campusAudit;
  const { elementAt, placeOf, named } = campusEffects;
  const MOST = 12, OF_A_KIND = 2;
  /* Dragged, drawn on, written in, or played like keys: there the press itself is the point. */
  const PRESSED = 'canvas, video, audio, input, textarea, select, option, [role="slider"], [role="scrollbar"], [role="separator"], [role="spinbutton"], [role="textbox"], [contenteditable]:not([contenteditable="false"]), [draggable="true"], [role="application"]';
  /* A list or panel that a press opens is closed by another; nothing is carried out yet. */
  const OPENERS = '[aria-haspopup], [aria-expanded], [role="combobox"], [role="listbox"], [role="menubar"], summary';
  const kinds = new Map();
  const worth = (element) => {
    if (!element || element === document.body || !visible(element) || element.closest(PRESSED) || element.closest(OPENERS) || element.closest('[inert]')) return false;
    const box = element.getBoundingClientRect();
    if (box.width * box.height > 0.5 * innerWidth * innerHeight) return false;
    if (tidy(element.textContent).length === 1) return false; // a key of a keyboard, perhaps
    const kind = `${element.localName} ${element.className?.baseVal ?? element.className} ${element.parentElement?.localName}.${element.parentElement?.className}`;
    kinds.set(kind, (kinds.get(kind) || 0) + 1);
    return kinds.get(kind) <= OF_A_KIND;
  };
  const found = [...new Set(places.map(elementAt))].filter(worth).slice(0, MOST);
  return named((nameOf) => found.map((element) => ({ place: placeOf(element), name: nameOf(element) || tidy(element.textContent).slice(0, 80) })));
}
