/* Per declared language of a document the text that stands in it and what names things, without code; and longer blocks.

   Text belongs to the closest element that declares a language, a name to that of the element which it names.
   Called again with `{ owners, blocks }`, places in these lists, it describes these elements. */
(wanted) => {
  const { pointAt, bounded } = campusAudit;
  const TEXT = 20000, BLOCK = 1500, OWNERS = 40, BLOCKS = 400, SHORTEST_BLOCK = 40, ELEMENTS = 50000;
  const NO_LANGUAGE = new Set(['script', 'style', 'noscript', 'template', 'code', 'pre', 'kbd', 'samp', 'var', 'math', 'textarea', 'select', 'object', 'video', 'audio', 'iframe', 'canvas']);
  const NAMING = ['alt', 'aria-label', 'aria-description', 'title', 'placeholder'];
  const PARTS_OF_NAMES = 20;
  const LINE = new Set(['inline', 'inline-block', 'contents']);
  const root = document.documentElement;
  const groups = new Map(), blocks = [];

  const add = (owner, text) => {
    if (!owner || !text.trim()) return;
    if (!groups.has(owner)) {
      if (groups.size >= OWNERS) return;
      groups.set(owner, { parts: [], length: 0 });
    }
    const group = groups.get(owner);
    if (group.length < TEXT) { group.parts.push(bounded(text.trim(), TEXT)); group.length += text.length; }
  };
  const langOf = (element) => element.getAttribute('lang');
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });

  /* What names an element and is not read where it stands: attributes, and texts of others that are hidden or in another language. */
  function addNames(element, owner) {
    for (const name of NAMING) if (element.hasAttribute(name)) add(owner, element.getAttribute(name));
    if (element.localName === 'input' && /^(submit|button|reset)$/i.test(element.type)) add(owner, element.value);
    if (!element.hasAttribute('aria-labelledby')) return;
    for (const id of element.getAttribute('aria-labelledby').split(/\s+/, PARTS_OF_NAMES)) {
      const other = id && element.getRootNode().getElementById(id);
      if (other && (!shown(other) || other.closest('[lang]') !== owner)) add(owner, bounded(other.textContent, BLOCK));
    }
  }

  const top = root.hasAttribute('lang') ? root : null;
  if (window.parent === window) add(top, document.title);
  const stack = [[document.body || root, top, null]];
  let seen = 0;
  while (stack.length && seen++ < ELEMENTS) {
    const [element, outer, outerBlock] = stack.pop();
    if (NO_LANGUAGE.has(element.localName) || element.getAttribute('translate') === 'no' || !shown(element)) continue;
    const owner = element.hasAttribute('lang') ? element : outer;
    if (owner && langOf(owner).trim()) addNames(element, owner);
    let block = outerBlock, text = '';
    for (const child of element.childNodes) if (child.nodeType === 3 && child.data.trim()) text += ' ' + child.data;
    if (text) {
      add(owner, bounded(text, TEXT));
      if (!block || owner !== block.owner || !LINE.has(getComputedStyle(element).display)) {
        block = { element, owner, text: '' };
        if (blocks.length < BLOCKS) blocks.push(block);
      }
      if (block.text.length < BLOCK) block.text += ' ' + text.trim();
    } else if (!LINE.has(getComputedStyle(element).display)) block = null;
    const below = [...element.children];
    if (element.shadowRoot) below.unshift(...element.shadowRoot.children);
    for (let i = below.length - 1; i >= 0; i--) stack.push([below[i], owner, block]);
  }

  const owners = [...groups].filter(([owner]) => langOf(owner).trim());
  if (wanted) return {
    owners: pointAt(wanted.owners.map((i) => owners[i]?.[0]).filter(Boolean)),
    blocks: pointAt(wanted.blocks.map((i) => blocks[i]?.element).filter(Boolean)),
  };
  return {
    owners: owners.map(([owner, { parts }]) => ({ page: owner === root, lang: bounded(langOf(owner), 35), text: bounded(parts.join(' \n'), TEXT) })),
    blocks: blocks.map(({ owner, text }, place) => ({ place, owner: owners.findIndex(([one]) => one === owner), text: bounded(text.trim(), BLOCK) }))
      .filter(({ owner, text }) => owner >= 0 && text.length >= SHORTEST_BLOCK),
  };
}
