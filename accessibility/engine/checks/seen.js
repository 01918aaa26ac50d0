/* What people see, for the checks of forms and headings: `seen`. Stands before each script that `script_with_seen` reads. */
const seen = (() => {
  const { parentOf } = campusAudit;
  const ICONS = /icon|symbol|glyph|awesome|fontello|dingbat|emoji/i;
  const TEXT_NODES = 200;

  /* A field's name hides what its form is asked by that name: so forms are asked by the prototypes. */
  const matches = (element, selector) => Element.prototype.matches.call(element, selector);
  const inside = (element, selector) => [...Element.prototype.querySelectorAll.call(element, selector)];
  const elementsOf = (form) => [...Object.getOwnPropertyDescriptor(HTMLFormElement.prototype, 'elements').get.call(form)];

  /* The usual ways to leave something to screen readers alone. */
  function clipped(element) {
    const style = getComputedStyle(element);
    if (/^inset\((50%|100%)/.test(style.clipPath) || (/^rect\(/.test(style.clip) && style.position !== 'static')) return true;
    const small = element.offsetWidth <= 1 || element.offsetHeight <= 1;
    return small && (style.overflowX !== 'visible' || style.overflowY !== 'visible');
  }

  /* Whether people see it: drawn, neither clipped away nor left of or above the page. */
  function shown(element) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
    for (let up = element, level = 0; up && level < 5; up = parentOf(up), level++) if (up.nodeType === 1 && clipped(up)) return false;
    return true;
  }

  /* Whether assistive technology meets it (its own size and place do not matter). */
  function exposed(element) {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    for (let up = element; up; up = parentOf(up)) if (up.nodeType === 1 && (up.getAttribute('aria-hidden') === 'true' || up.inert)) return false;
    return true;
  }

  const inline = (element) => getComputedStyle(element).display.startsWith('inline');

  /* The text that people see in an element: `[[texts of one line], …]`, a line for each block. Fields' own values, icons
     and what `skip` says are left out. */
  function lines(element, skip = () => false) {
    const found = [[]];
    let nodes = 0;
    const next = () => { if (found[found.length - 1].length) found.push([]); };
    (function read(node) {
      if (++nodes > TEXT_NODES) return;
      if (node.nodeType === 3) {
        const parent = parentOf(node) || element;
        if (node.data.trim() && parent.nodeType === 1 && shown(parent) && !ICONS.test(getComputedStyle(parent).fontFamily)) found[found.length - 1].push(node.data);
        return;
      }
      if (node.nodeType !== 1 || /^(script|style|template|select|textarea|svg|noscript|datalist)$/.test(node.localName) || skip(node)) return;
      const block = node !== element && !inline(node);
      if (block || node.localName === 'br') next();
      for (const child of (node.shadowRoot || node).childNodes) read(child);
      if (block) next();
    })(element);
    return found.filter((line) => line.length).slice(0, 20);
  }

  const squeeze = (text) => text.replace(/\s+/g, ' ').trim();
  const text = (element, skip) => squeeze(lines(element, skip).map((line) => line.join('')).join(' '));

  const FIELD_ROLES = new Set(['textbox', 'searchbox', 'combobox', 'listbox', 'spinbutton', 'slider', 'checkbox', 'radio', 'switch']);
  const NO_FIELDS = new Set(['hidden', 'submit', 'button', 'image', 'reset']);
  const roleOf = (element) => (element.getAttribute('role') || '').trim().split(/\s+/)[0].toLowerCase();
  function isField(element) {
    if (element.localName === 'input') return !NO_FIELDS.has(element.type);
    return element.localName === 'select' || element.localName === 'textarea' || FIELD_ROLES.has(roleOf(element));
  }
  const enabled = (element) => !element.matches(':disabled') && element.getAttribute('aria-disabled') !== 'true' && !element.closest('[inert]');

  function referenced(element, attribute) {
    const root = element.getRootNode();
    return (element.getAttribute(attribute) || '').split(/\s+/).slice(0, 20).map((id) => id && root.getElementById?.(id)).filter(Boolean);
  }

  /* The elements that label a field for both eyes and assistive technology: aria-labelledby, else its labels. */
  function labelling(field) {
    const named = referenced(field, 'aria-labelledby');
    return named.length ? named : [...(field.labels || [])];
  }
  const isControl = (node) => /^(input|select|textarea|button)$/.test(node.localName);
  const labelText = (label) => text(label, (node) => node !== label && isControl(node));

  return { matches, inside, elementsOf, shown, exposed, lines, text, squeeze, isField, roleOf, enabled, referenced, labelling, labelText };
})();
