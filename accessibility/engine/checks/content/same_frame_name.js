/* What a document shows (title, words, kinds of elements), and the iframes in it that assistive technology meets: their
   names and addresses. */
() => {
  const { walk, visible, nameOf, pointAt, bounded } = campusAudit;
  const FRAMES = 60, ELEMENTS = 5000, TEXT = 20000, KINDS = 60;
  const found = [], kinds = new Set();
  let seen = 0;
  walk(document.documentElement, (element) => {
    if (element.localName === 'iframe') {
      if (found.length < FRAMES && visible(element) && !element.closest('[aria-hidden="true"]')) found.push(element);
    } else if (seen++ < ELEMENTS && kinds.size < KINDS && document.body?.contains(element)) kinds.add(bounded(element.localName, 40));
    return true;
  });
  axe.setup(document.documentElement);
  let named;
  try {
    named = found.map((element) => [element, nameOf(element)]).filter(([, name]) => name);
  } finally {
    axe.teardown();
  }
  const described = pointAt(named.map(([element]) => element));
  const inner = named.map(([element, name], i) => ({ name, address: bounded(element.srcdoc ? 'about:srcdoc' : element.src, 500), srcdoc: bounded(element.srcdoc, 2000), at: described[i] }));
  return { inner, origin: window.origin, shows: { title: bounded(document.title, 300), text: bounded(document.body?.innerText || '', TEXT), kinds: [...kinds] } };
}
