/* Puts `campusForms` into our world: the forms worth a wrong submission, how to fill them, and what the page then says. */
() => {
  const { walk, bounded, boxOf, pointAt } = campusAudit;
  const MOST_FORMS = 3, MOST_FIELDS = 25;
  const SUBMIT = 'button:not([type]), button[type="submit"], input[type="submit"], input[type="image"]';
  const DESTRUCTIVE = /\b(delete|remove|erase|destroy|log ?out|sign ?out|unsubscribe|reset|cancel|supprimer|effacer|déconn\w+|löschen|abmelden|eliminar|borrar|salir|elimina|cancella|esci|excluir|apagar|sair)\b|حذف|خروج/iu;
  const EMAIL = /e-?mail|courriel|correo|البريد/iu;
  const TYPED = new Set(['text', 'email', 'url', 'tel', 'number', 'password', 'search', 'textarea', 'date', 'month', 'week', 'time', 'datetime-local']);
  const sayings = (element) => element.getAttribute('aria-label') || element.value || seen.text(element) || element.title || '';
  const labelOf = (field) => bounded(seen.labelling(field).slice(0, 3).map(seen.labelText).join(' ').trim() || field.getAttribute('aria-label') || field.placeholder || field.name || field.id || '', 120);
  const kindOf = (field) => (field.localName === 'input' ? field.type : field.localName);

  function read(form) {
    const fields = seen.elementsOf(form).filter((one) => seen.isField(one) && one.form === form && seen.enabled(one) && !one.readOnly && one.checkVisibility()).slice(0, MOST_FIELDS);
    const typed = fields.filter((one) => TYPED.has(kindOf(one)));
    const button = seen.inside(form, SUBMIT).find((one) => seen.shown(one) && seen.enabled(one));
    const search = !!button?.closest('[role="search"], search')
      || typed.every((one) => kindOf(one) === 'search' || /^(q|s|query|search|term|keywords?)$/i.test(one.name)) || ((form.getAttribute('method') || 'get').toLowerCase() === 'get' && typed.length === 1 && !typed[0].required && kindOf(typed[0]) === 'text');
    return { form, fields, typed, button, search };
  }

  /* Forms people fill in, each shape once. */
  const forms = [], shapes = new Set();
  walk(document.documentElement, (element) => {
    if (element.localName !== 'form' || forms.length >= MOST_FORMS) return true;
    const one = read(element);
    if (!one.button || !one.typed.length || one.search || DESTRUCTIVE.test(`${sayings(one.button)} ${one.button.name}`)) return true;
    const shape = one.fields.map((field) => `${kindOf(field)} ${field.name}`).join() + sayings(one.button);
    if (!shapes.has(shape)) forms.push(one);
    shapes.add(shape);
    return true;
  });

  let then, marks, invalid = [];
  document.addEventListener('invalid', (event) => { if (invalid.length < 50) invalid.push(event); }, true);

  const reddish = (colour) => { const [r, g, b, a = 1] = (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number); return a > 0.2 && r > 120 && r > 1.7 * g && r > 1.7 * b; };
  function look(field) {
    const style = getComputedStyle(field);
    const red = [style.borderTopColor, style.borderBottomColor].some((colour, i) => reddish(colour) && parseFloat(i ? style.borderBottomWidth : style.borderTopWidth) > 0)
      || reddish(style.backgroundColor) || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && reddish(style.outlineColor)) || (style.boxShadow !== 'none' && reddish(style.boxShadow));
    return { red, invalid: field.getAttribute('aria-invalid') === 'true' };
  }
  const referring = ['aria-describedby', 'aria-errormessage', 'aria-labelledby'];
  const described = (field) => referring.flatMap((name) => seen.referenced(field, name)).concat([...(field.labels || [])]);

  /* The part of the form that belongs to one field alone. */
  function regionOf(field, all) {
    let region = field;
    for (let up = field.parentElement; up && up.localName !== 'form' && !all.some((one) => one !== field && up.contains(one)); up = up.parentElement) region = up;
    return region;
  }
  /* Whether words stand with the field that were there before, are drawn by a style sheet, or are its placeholder. */
  function hinted(field, all) {
    const label = labelOf(field), region = regionOf(field, all);
    if ((field.placeholder || '').length > 8 && field.placeholder !== label) return true;
    const drawn = [region, ...region.querySelectorAll('*')].slice(0, 30).some((one) => ['::before', '::after'].some((part) => /\p{L}{3}/u.test(getComputedStyle(one, part).content.replace(/^(none|normal)$|counter|attr|url\(.*\)/g, ''))));
    return drawn || (region !== field && seen.text(region, (node) => node !== region && /^(label|button)$/.test(node.localName)).replace(label, '').length > 8);
  }

  /* Whether a hint at what is right would help strangers in: a password, unless it is chosen here, and all of a login. */
  function secret(field, all) {
    const passwords = all.filter((one) => kindOf(one) === 'password' && !/new-password/.test(one.autocomplete));
    return passwords.includes(field) || /one-time-code/.test(field.autocomplete) || (passwords.length === 1 && all.filter((one) => TYPED.has(kindOf(one))).length <= 2);
  }

  function begin(index) {
    const { fields } = forms[index];
    then = appeared.moment();
    marks = fields.map(look);
    return true;
  }

  function put(field, value) {
    field.value = value;
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
  }
  const wrong = (field) => {
    const kind = kindOf(field);
    if (kind === 'email' || EMAIL.test(`${labelOf(field)} ${field.name}`)) return 'sample@';
    if (kind === 'number') return field.max !== '' ? String(Number(field.max) + 1) : field.min !== '' ? String(Number(field.min) - 1) : '-1';
    if (kind === 'tel') return 'abc';
    return kind === 'url' ? 'sample' : 'a';
  };
  function fill(index, mode) {
    for (const field of forms[index].typed) {
      const dated = /^(date|month|week|time|datetime-local)$/.test(kindOf(field));
      if (mode === 'wrong' && dated) continue;
      const value = mode === 'wrong' ? wrong(field) : '';
      if (field.value !== value) put(field, value);
    }
    return true;
  }

  /* Where to press; null where something covers the button. */
  function button(index) {
    invalid = [];
    const { button } = forms[index];
    button.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = button.getBoundingClientRect();
    const point = [box.x + box.width / 2, box.y + box.height / 2];
    const top = button.getRootNode().elementFromPoint(...point);
    return top && (button === top || button.contains(top)) ? point : null;
  }
  const press = (index) => { forms[index].button.click(); return true; };

  function outcome(index) {
    const { form, fields } = forms[index];
    const native = invalid.some((event) => !event.defaultPrevented && fields.includes(event.target));
    if (native || !form.isConnected || !seen.shown(form)) return { native, gone: !native };
    const { texts, announced } = appeared.since(then), focus = appeared.focused();
    const told = fields.map((field, i) => {
      const now = look(field), region = regionOf(field, fields), label = labelOf(field), words = label.replace(/[*:()]/g, ' ').trim().toLowerCase();
      const tied = texts.filter(({ element }) => described(field).some((one) => one.contains(element)));
      const beside = texts.filter(({ element }) => region !== field && region.contains(element));
      const naming = words.length > 2 ? texts.filter(({ text }) => text.toLowerCase().includes(words)) : [];
      return {
        field, label, marked: (now.invalid && !marks[i].invalid ? ['aria-invalid'] : []).concat(now.red && !marks[i].red && field !== focus ? ['colour'] : []),
        invalid: now.invalid, tied: tied.length > 0, names: naming.length > 0, message: (tied[0] || beside[0] || naming[0])?.text || '', hinted: hinted(field, fields),
        secret: secret(field, fields),
      };
    });
    const troubled = told.filter(({ marked, message }) => marked.length || message).slice(0, 10);
    const at = pointAt([form, ...troubled.map(({ field }) => field)]);
    const moved = !!focus && focus !== document.body && focus !== forms[index].button;
    return {
      native: false, gone: false, moved, announced, at: at[0], texts: texts.map(({ text }) => text),
      fields: troubled.map(({ field, ...rest }, i) => ({ ...rest, at: at[i + 1] })),
    };
  }

  const named = ({ form, button }) => ({ name: bounded(form.getAttribute('aria-label') || '', 100), button: bounded(sayings(button), 100), box: boxOf(form) });
  globalThis.campusForms = { begin, fill, button, press, outcome };
  return forms.map(named);
}
