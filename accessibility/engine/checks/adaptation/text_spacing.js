/* Gives the document and every open shadow root a style, which takes the place of the last one; nothing glides meanwhile.
   Constructed style sheets, as a page's policy forbids them as little as it forbids a reader's own. */
async (style) => {
  const still = '* { transition: none !important; scroll-behavior: auto !important }';
  const roots = [document];
  campusAudit.walk(document.documentElement, (element) => { if (element.shadowRoot) roots.push(element.shadowRoot); return true; });
  const sheets = globalThis.campusSpacing ??= new Map();
  for (const root of roots) {
    if (!sheets.has(root)) {
      sheets.set(root, new CSSStyleSheet());
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets.get(root)];
    }
    sheets.get(root).replaceSync(still + style);
  }
  await campusAudit.calm(100, 500);
  return roots.length;
}
