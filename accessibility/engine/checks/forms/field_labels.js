/* Fields without a label that is seen, and what their forms leave unsaid: what is required, a format, what a group asks. */
() => {
  const { walk, pointAt, bounded } = campusAudit;
  const MOST = 300, REPORTED = 12;
  const TYPED = new Set(['text', 'email', 'tel', 'url', 'password', 'number', 'textarea']);
  const SEARCH = /search|recherch|such|buscar|busca|cerca|pesquis|بحث/iu;
  const REQUIRED = /\*|†|required|mandatory|obligatoire|requis|pflicht|erforderlich|obligatori|requerid|richiest|obrigat|إلزامي|مطلوب/iu;
  const OPTIONAL = /optional|facultati|optionnel|freiwillig|opcional|opzional|facoltativ|اختياري/iu;
  const kindOf = (field) => (field.localName === 'input' ? field.type : field.localName);
  const labelOf = (field) => bounded(seen.labelling(field).slice(0, 3).map(seen.labelText).join(' ').trim(), 120);
  const searching = (field) => kindOf(field) === 'search' || !!field.closest('[role="search"], search') || SEARCH.test(`${field.name} ${field.placeholder} ${field.getAttribute('aria-label') || ''}`) || field.name === 'q';
  const pictured = (element) => [...element.querySelectorAll('img, svg, canvas')].slice(0, 10).some(campusAudit.visible);

  const fields = [], groups = new Map();
  walk(document.documentElement, (element) => {
    if (fields.length >= MOST) return false;
    if (!seen.isField(element) || !/^(input|select|textarea)$/.test(element.localName) || !seen.enabled(element) || !seen.exposed(element)) return true;
    fields.push(element);
    const group = element.form || document;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(element);
    return true;
  });
  const all = new Set(fields);

  /* The part of the page that belongs to one field alone. */
  function regionOf(field) {
    let region = field;
    for (let up = field.parentElement; up && up !== document.body && region.localName !== 'form'; up = up.parentElement) {
      for (const other of seen.inside(up, 'input, select, textarea')) if (other !== field && all.has(other)) return region;
      region = up;
    }
    return region;
  }
  /* Whether anything that is seen stands in its part of the page, or before or after that. */
  function surrounded(field, region) {
    if (seen.text(region) || pictured(region)) return true;
    for (let up = region, level = 0; up && level < 3; up = up.parentElement, level++) {
      for (const side of [up.previousElementSibling, up.nextElementSibling])
        if (side && (seen.text(side) || pictured(side) || side.matches('input[type="submit"], input[type="button"]'))) return true;
      for (const node of up.parentNode?.childNodes || []) if (node.nodeType === 3 && node.data.trim()) return true;
    }
    return false;
  }
  const found = [];
  const add = (what, element, label) => { if (found.length < REPORTED) found.push({ what, element, label }); };

  const starred = (label) => ['::before', '::after'].some((part) => REQUIRED.test(getComputedStyle(label, part).content)) || pictured(label);
  function marks(field, sign) {
    const labels = seen.labelling(field);
    return sign.test(`${labels.map((label) => seen.text(label)).join(' ')} ${field.placeholder || ''} ${seen.text(regionOf(field))}`)
      || labels.some((label) => [label, ...label.querySelectorAll('*')].slice(0, 10).some(starred));
  }
  function requirements(form, typed, ask) {
    const needed = typed.filter((one) => one.required || one.getAttribute('aria-required') === 'true');
    const others = typed.filter((one) => !needed.includes(one));
    if (!needed.length || !others.length) return;
    const unsaid = needed.filter((one) => !marks(one, REQUIRED));
    if (!unsaid.length || others.every((one) => marks(one, OPTIONAL))) return;
    const legend = form.previousElementSibling ? seen.text(form.previousElementSibling) : '';
    const around = `${seen.text(form).slice(0, 3000)} ${legend}`;
    if (!/all (the )?fields|tous les champs|alle felder|todos los campos|tutti i campi|todos os campos/iu.test(around) && !(unsaid.length === needed.length && REQUIRED.test(around)))
      ask('required', unsaid[0], labelOf(unsaid[0]));
  }
  let judged = 0;
  function grouping(members, ask) {
    const sets = new Map();
    for (const one of members)
      if (/^(radio|checkbox)$/.test(one.type) && one.name && one.labels?.length && !one.closest('table, [role="grid"]'))
        sets.set(`${one.type} ${one.name}`, [...(sets.get(`${one.type} ${one.name}`) || []), one]);
    for (const [key, set] of sets) {
      if (set.length < (key.startsWith('radio') ? 2 : 3)) continue;
      judged++;
      const box = set[0].closest('fieldset, [role="group"], [role="radiogroup"]');
      if (box && (box.hasAttribute('aria-label') || box.hasAttribute('aria-labelledby') || box.querySelector('legend')?.textContent.trim())) continue;
      if (set.every((one) => one.hasAttribute('aria-labelledby') || one.hasAttribute('aria-label') || one.hasAttribute('aria-describedby'))) continue;
      ask('group', set[0], set.slice(0, 3).map(labelOf).filter(Boolean).join('”, “'));
    }
  }
  for (const [group, members] of groups) {
    const typed = members.filter((one) => TYPED.has(kindOf(one)) && seen.shown(one) && !one.readOnly);
    const asked = {};
    const ask = (what, element, label) => { if (!asked[what]) add(what, element, label); asked[what] = true; };
    for (const field of typed) {
      judged++;
      if (labelOf(field) || searching(field) || field.closest('table, [role="grid"], [role="row"], [contenteditable]')) continue;
      const region = regionOf(field), text = seen.text(region, (node) => node !== region && node.localName === 'button');
      if (text) continue;
      if (field.placeholder) ask('placeholder', field, bounded(field.placeholder, 120));
      else if (!field.value && !surrounded(field, region)) add('no label', field, '');
    }
    if (group !== document && !seen.matches(group, '[role="search"], search *')) requirements(group, typed, ask);
    for (const field of typed)
      if (field.pattern && !field.title && !field.placeholder && !seen.referenced(field, 'aria-describedby').length && labelOf(field)
        && seen.text(regionOf(field)).length <= labelOf(field).length + 8 && !/\(|\d|[:：].*\S/.test(labelOf(field))) ask('format', field, labelOf(field));
    grouping(members, ask);
  }

  const at = pointAt(found.map(({ element }) => element));
  return { judged, found: found.map(({ element, ...rest }, i) => ({ ...rest, at: at[i] })) };
}
