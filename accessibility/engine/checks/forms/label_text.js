/* Labels that say nothing of their field or button, and fields that their labels do not tell apart. */
(given) => {
  const { walk, pointAt, bounded } = campusAudit;
  const MOST = 300, REPORTED = 12, MOST_BETWEEN = 400;
  const certain = new RegExp(given.certain, 'iu'), possible = new RegExp(given.possible, 'iu'), action = new RegExp(given.action, 'iu');
  const missing = new RegExp(given.missing, 'iu'), kind = new RegExp(given.kind, 'iu');
  const TYPED = new Set(['text', 'email', 'tel', 'url', 'password', 'number', 'textarea', 'search', 'select']);
  const kindOf = (field) => (field.localName === 'input' ? field.type : field.localName);
  const strip = (text) => seen.squeeze(text.replace(/[*:：]+/g, ' '));
  const found = [], labelled = [];
  let judged = 0;
  const add = (what, element, text) => { if (found.length < REPORTED) found.push({ what, element, text: bounded(text, 120), code: bounded(element.name || '', 60) }); };

  /* Whether the code calls a field something that its label does not mention, in a language whose words are known. */
  const codes = given.codes.map(([, code, words]) => [new RegExp(`^(${code})$`, 'i'), new RegExp(words, 'iu')]);
  const known = /^(en|fr|de|es|it|pt|ar)\b/i.test(document.documentElement.lang || 'en');
  const disagrees = (field, text) => known && codes.some(([code, words]) => code.test(field.name || '') && !words.test(text));


  walk(document.documentElement, (element) => {
    if (judged >= MOST) return false;
    const button = seen.matches(element, 'button, input[type="button"], input[type="submit"], [role="button"]');
    if (!button && !seen.isField(element) || !seen.enabled(element) || !seen.exposed(element)) return true;
    if (button) {
      const own = element.localName === 'input' ? element.value : element.textContent.length < 60 ? seen.text(element) : '';
      const named = element.hasAttribute('aria-labelledby') ? '' : element.getAttribute('aria-label') || (own ? '' : element.title) || '';
      judged++;
      if (certain.test(own || named)) add('filler', element, own || named);
      else if (!own && seen.shown(element) && missing.test(strip(named))) add('missing', element, named);
      else if (!own && seen.shown(element) && kind.test(strip(named))) add('kind', element, named);
      return true;
    }
    if (!seen.shown(element)) return true;
    const labels = seen.labelling(element).slice(0, 3), text = strip(labels.map(seen.labelText).join(' '));
    if (!text) return true;
    judged++;
    if (TYPED.has(kindOf(element))) labelled.push({ element, labels, text });
    if (certain.test(text)) add('filler', element, text);
    else if (possible.test(text)) add('perhaps filler', element, text);
    else if (element.localName === 'input' && TYPED.has(kindOf(element)) && action.test(text)) add('action', element, text);
    else if (element.localName === 'input' && TYPED.has(kindOf(element)) && disagrees(element, text)) add('disagrees', element, text);
    return true;
  });

  /* What is seen between two fields, besides labels, buttons and fields. */
  function between(first, second) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
    walker.currentNode = first;
    const texts = new Set(labelled.map(({ text }) => text));
    for (let node = walker.nextNode(), count = 0; node && node !== second; node = walker.nextNode()) {
      if (++count > MOST_BETWEEN) return true;
      if (node.nodeType === 1 && /^(img|svg|canvas|video|hr|table)$/.test(node.localName) && campusAudit.visible(node)) return true;
      if (node.nodeType !== 3 || !node.data.trim() || !node.parentElement || node.parentElement.closest('label, button, select, textarea, script, style, template')) continue;
      if (seen.shown(node.parentElement) && !texts.has(strip(node.data))) return true;
    }
    return false;
  }
  const plain = (field) => (field.name || field.id).replace(/[\d[\]_.\-]+/g, '').toLowerCase();
  const groupOf = (field) => field.form || document;
  for (let i = 0; i < labelled.length && found.length < REPORTED; i++) {
    const { element, labels, text } = labelled[i];
    const earlier = labelled.slice(0, i).reverse().find((one) => one.text.toLowerCase() === text.toLowerCase() && groupOf(one.element) === groupOf(element));
    if (!earlier || kindOf(earlier.element) !== kindOf(element) || earlier.labels.some((one) => labels.includes(one)) || element.getRootNode() !== document) continue;
    if (!plain(element) || !plain(earlier.element) || plain(element) === plain(earlier.element) || (element.placeholder || '') !== (earlier.element.placeholder || '')) continue;
    if (element.closest('table, [role="grid"]') || between(earlier.element, element)) continue;
    if (seen.text(element.parentElement) === seen.text(earlier.element.parentElement)) add('same', element, text);
  }
  const at = pointAt(found.map(({ element }) => element));
  return { judged, found: found.map(({ element, ...rest }, i) => ({ ...rest, at: at[i] })) };
}
