/* Sentences that may point to things by shape, place, size or colour, with what can be named on the page. `given` is the
   source of a pattern for such sentences; called with `point`, the number of one of them, it describes its element. */
(given) => {
  const { visible, bounded, pointAt } = campusAudit;
  const PARTS = 3000, FOUND = 20, NAMES = 200, TEXT = 400;
  const pattern = new RegExp(given.pattern, 'iu');
  if (!document.body) return { found: [], names: [] };
  const found = [], blocks = new Set();
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && found.length < FOUND && seen < PARTS) {
    const element = walker.currentNode.parentElement;
    if (!/\S/.test(walker.currentNode.data) || /^(script|style|noscript|template|code|pre|textarea|option)$/.test(element.localName)) continue;
    seen++;
    const block = element.closest('p, li, td, th, dd, dt, label, legend, h1, h2, h3, h4, h5, h6, div, section, main, body') || element;
    const mixed = /^(div|section|main|body)$/.test(block.localName) && block.querySelector('p, div, ul, ol, table, section, form, h1, h2, h3, button');
    if (blocks.has(block)) continue;
    if (!mixed) blocks.add(block);
    const sentence = (mixed ? walker.currentNode.data : block.textContent).replace(/\s+/g, ' ').trim().slice(0, 5000);
    if (!pattern.test(sentence) || element.closest('[aria-hidden="true"], a[href], button, nav, pre, code') || !visible(element)) continue;
    found.push({ element, sentence: bounded(sentence, TEXT) });
  }
  if (!found.length) return { found: [], names: [] };
  if (given.point !== undefined) return pointAt(found.slice(given.point, given.point + 1).map((one) => one.element));
  const named = [...document.querySelectorAll('button, a[href], [role="button"], [role="link"], input, select, h1, h2, h3, h4, h5, h6, nav, [aria-label], img[alt]')].slice(0, NAMES);
  return {
    found: found.map((one) => one.sentence),
    names: named.map((one) => bounded(one.getAttribute('aria-label') || one.getAttribute('alt') || (one.localName === 'nav' ? '' : one.textContent) || one.value || '', 100)),
  };
}
