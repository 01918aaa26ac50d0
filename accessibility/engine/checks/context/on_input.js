/* The controls whose setting can be changed, few of each pattern, with the words that stand before or around them. */
(advice) => {
  const { visible, walk } = campusAudit;
  const { placeOf, named } = campusEffects;
  const MOST = 20, OF_A_KIND = 3, WORDS = 600;
  const WRITTEN = new Set(['text', 'search', 'email', 'tel', 'url', 'number', 'password']);
  const pattern = new RegExp(advice, 'iu');
  const kindOf = (element) => {
    if (element.localName === 'select') return element.options.length > 1 ? 'select' : '';
    if (element.localName === 'textarea') return 'text';
    if (element.localName !== 'input') return '';
    if (element.type === 'checkbox') return 'checkbox';
    if (element.type === 'radio') return element.checked ? '' : 'radio';
    return WRITTEN.has(element.type) ? 'text' : '';
  };
  /* What describes it: labels, descriptions, its group, and what is written before it in its form or block. */
  function told(element) {
    const parts = [...(element.labels || [])].map((label) => label.textContent);
    for (const id of `${element.getAttribute('aria-describedby') || ''} ${element.getAttribute('aria-labelledby') || ''}`.split(/\s+/))
      if (id) parts.push(element.getRootNode().getElementById?.(id)?.textContent || '');
    parts.push(element.title, element.getAttribute('aria-label'), element.closest('fieldset')?.querySelector('legend')?.textContent);
    const block = element.closest('form, fieldset, section, article, [role="form"], [role="search"], p, td, li, div');
    parts.push(block?.innerText?.slice(0, WORDS));
    return parts.filter(Boolean).join(' ');
  }
  const found = [], kinds = new Map();
  walk(document.body || document.documentElement, (element) => {
    const kind = kindOf(element);
    if (!kind || found.length >= MOST || element.matches(':disabled, [readonly]') || element.closest('[inert]')) return true;
    if (!visible(element) && !(kind !== 'text' && [...(element.labels || [])].some(visible))) return true;
    const same = `${kind} ${element.name} ${element.className} ${element.getAttribute('onchange') || ''}${element.getAttribute('onclick') || ''}`;
    kinds.set(same, (kinds.get(same) || 0) + 1);
    if (kinds.get(same) <= OF_A_KIND) found.push([element, kind]);
    return true;
  });
  const page = pattern.test((document.body?.innerText || '').slice(0, 100000));
  return named((nameOf) => found.map(([element, kind]) => ({
    place: placeOf(element), kind, name: nameOf(element),
    type: element.type || '', fill: element.maxLength > 0 && element.maxLength <= 5 ? element.maxLength : 1,
    advised: pattern.exec(told(element))?.[0] || '', page })));
}
