/* What an element itself is, and what marks a form. */
Object.assign(globalThis.campusRecognise, (() => {
  const { tidy, roleOf, columnOf } = globalThis.campusRecognise;
  const CONTROL_LIMIT = 400, CLIMB = 3;

  const CONTROLS = 'input:not([type="hidden"]), select, textarea, [role="textbox"], [role="combobox"], [role="listbox"], '
    + '[role="checkbox"], [role="switch"], [role="radio"], [role="slider"], [role="spinbutton"], [role="searchbox"]';
  const BUTTONS = new Set(['submit', 'button', 'reset', 'image']);
  const kindOfControl = (control) => roleOf(control) || (control.localName === 'input' ? control.type : control.localName);
  const nameOf = (control) => (control.getAttribute('name') || '').replace(/\d+/g, '0');
  /* A small form is known by the names of its controls, any other by their kinds. */
  function controlsIn(form) {
    const controls = [...form.querySelectorAll(CONTROLS)].slice(0, CONTROL_LIMIT).filter((one) => !BUTTONS.has(kindOfControl(one)));
    const names = [...new Set(controls.map(nameOf).filter(Boolean))].sort(), kinds = [...new Set(controls.map(kindOfControl))].sort();
    return names.length > 0 && names.length <= 3 ? [...kinds, ...names.map((name) => `=${name}`)] : kinds;
  }

  const TEXTS = 'span, label, div, p, b, strong, em, small, dt, th, td, font, h2, h3, h4, h5, h6';
  function firstText(node) {
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = node.nodeType === 3 ? node : texts.nextNode(); text; text = texts.nextNode()) if (tidy(text.data)) return tidy(text.data);
    return '';
  }
  function wordsOn(side, control) {
    for (let node = control[side]; node; node = node[side]) {
      const strange = node.nodeType === 1
        && (!node.matches(TEXTS) || node.getElementsByTagName('*').length > 2 || node.querySelector(`a, button, ${CONTROLS}`));
      if (strange) return '';
      if (firstText(node)) return firstText(node);
    }
    return '';
  }
  /* The words beside a control that has neither label nor name and is not alone of its kind: what people take for its
     label. A column has a title instead; boxes to tick in a list or table have only the words of their items. */
  const TOGGLES = new Set(['checkbox', 'radio', 'switch']);
  const ENDS = 'form, fieldset, li, td, th, dd';
  const PLACES = 'body, main, article, section, aside, nav, header, footer, tr, tbody, table, ul, ol';
  function wordsBeside(control) {
    const kind = kindOfControl(control), cell = control.closest('td, th'), scope = control.closest('form') ?? control.getRootNode();
    const isLike = (one) => one !== control && kindOfControl(one) === kind && !one.getAttribute('name');
    if ((!scope.host && !Array.prototype.some.call(scope.querySelectorAll(CONTROLS), isLike)) || (cell && columnOf(cell)) || (TOGGLES.has(kind) && control.closest('li, td'))) return '';
    const sides = TOGGLES.has(kind) ? ['nextSibling', 'previousSibling'] : ['previousSibling', 'nextSibling'];
    for (let node = control, n = 0; n < CLIMB; node = node.parentElement, n++) {
      const parent = node.parentElement;
      if (parent?.matches(PLACES)) return '';
      const label = [...node.parentNode.children].find((one) => one.localName === 'label' && one !== node);
      const text = (label && firstText(label)) || wordsOn(sides[0], node) || wordsOn(sides[1], node);
      if (parent?.matches('td')) return text || wordsOn('previousSibling', parent);
      if (text || !parent || parent.matches(ENDS) || parent.children.length > 1) return text;
    }
    return '';
  }

  /* States come and go, and differ from item to item. */
  const STATES = new Set(('current selected expanded checked pressed disabled hidden busy controls haspopup owns describedby '
    + 'posinset setsize level sort activedescendant live atomic relevant invalid required readonly details errormessage flowto '
    + 'valuenow valuetext').split(' ').map((name) => `aria-${name}`));
  const WORDED = 'a, button, label, summary, [role="button"], [role="link"], [role="tab"], [role="menuitem"]';
  const INSIDE = ['a', 'audio', 'button', 'canvas', 'i', 'img', 'input', 'select', 'svg', 'textarea', 'video'];
  const FRAMES = 'iframe, frame, object, embed', OF_FRAMES = ['allow', 'allowfullscreen', 'sandbox', 'srcdoc'];
  function own(element) {
    const attributes = element.getAttributeNames().sort(), control = element.matches(CONTROLS);
    const name = element.matches(`${CONTROLS}, button, iframe`) ? element.getAttribute('name') || '' : '';
    return {
      type: element.getAttribute('type') || '', name, beside: control && !name ? wordsBeside(element) : '',
      purpose: control ? element.getAttribute('autocomplete') || '' : '', action: element.getAttribute('data-action') || '',
      aria: attributes.filter((one) => one.startsWith('aria-')), states: attributes.filter((one) => STATES.has(one)),
      frame: element.matches(FRAMES) ? attributes.filter((one) => OF_FRAMES.includes(one)) : [],
      inside: element.matches(WORDED) ? INSIDE.filter((tag) => element.getElementsByTagName(tag).length) : [],
    };
  }

  return { own, controlsIn };
})());
