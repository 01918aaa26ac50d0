/* Fields that ask visitors for something of their own, without a purpose in code or with one that does not fit the label. */
(given) => {
  const { walk, pointAt, bounded } = campusAudit;
  const MOST = 200, REPORTED = 30;
  const TYPES = new Set(['text', 'email', 'tel', 'password', 'date', 'number', 'search']);
  const labels = given.labels.map(([family, pattern]) => [family, new RegExp(pattern, 'iu')]);
  const bare = (text) => seen.squeeze(text.replace(/\([^()]*\)|[*:?]|\b(required|optional|obligatoire|erforderlich|obligatorio)\b/giu, ' '));

  function nameOf(field) {
    return bare(seen.labelling(field).slice(0, 3).map(seen.labelText).join(' ') || field.getAttribute('aria-label') || field.placeholder || '');
  }
  const found = [], groups = new Map();
  let judged = 0;
  walk(document.documentElement, (element) => {
    if (element.localName !== 'input' || !TYPES.has(element.type) || judged >= MOST) return true;
    if (!seen.enabled(element) || element.readOnly || !seen.shown(element) || !seen.exposed(element)) return true;
    judged++;
    const group = element.form || document;
    if (!groups.has(group)) groups.set(group, { number: groups.size, typed: 0, passwords: 0, other: 0 });
    const counts = groups.get(group);
    const password = element.type === 'password';
    counts[password ? 'passwords' : 'typed']++;
    const name = nameOf(element), fitting = labels.find(([, pattern]) => pattern.test(name));
    const family = password ? 'password' : fitting?.[0] || (element.type === 'email' ? 'email' : '');
    const tokens = (element.getAttribute('autocomplete') || '').trim().toLowerCase().split(/\s+/).filter(Boolean);
    const token = tokens.filter((one) => one !== 'webauthn').pop() || '';
    if (!family || found.length >= REPORTED) return true;
    found.push({ element, group: counts, family, clear: !!fitting || password, purpose: token, name, type: element.type });
    return true;
  });
  const searching = (element) => !!element.closest('[role="search"], search');
  for (const group of groups.keys())
    groups.get(group).other = group === document ? 0 : seen.elementsOf(group).filter((one) => one.localName === 'select' || one.localName === 'textarea' || /^(radio|file)$/.test(one.type)).length;
  const doubtful = found.filter(({ element, purpose, family }) => !searching(element) && (!purpose || purpose === 'off' || purpose === 'on' || !(given.tokens[purpose] || [family]).includes(family)));
  const at = pointAt(doubtful.map(({ element }) => element));
  return {
    judged: found.length,
    fields: doubtful.map(({ element, group, name, ...rest }, i) => ({ ...rest, ...group, name: bounded(name, 100), at: at[i] })),
  };
}
