/* What an element is recognised by on other pages and nights: facts about its ancestors and itself, for `component.py`,
   which decides what counts. Ids, class names, styles, addresses and positions are not read; of data-* attributes only
   those below, by which frameworks name their regions. Runs before page_script.js, in the same isolated world. */
(() => {
  const DEPTH_LIMIT = 60, CHILD_LIMIT = 100, SIBLING_LIMIT = 400, FAMILY_LIMIT = 1000, TEXT_LIMIT = 200;
  const REGION_ATTRIBUTES = ['data-region', 'data-block', 'data-component'];
  const tidy = (text) => (text || '').slice(0, 4 * TEXT_LIMIT).replace(/\s+/g, ' ').trim().slice(0, TEXT_LIMIT);
  const parentOf = (node) => node.parentElement || (node.getRootNode().host ?? null);
  const roleOf = (node) => node.getAttribute('role') || '';

  /* Landmarks and names. */
  const LANDMARKS = { header: 'banner', nav: 'navigation', main: 'main', aside: 'complementary', footer: 'contentinfo',
    form: 'form', search: 'search' };
  const LANDMARK_ROLES = new Set(Object.values(LANDMARKS).concat('region'));
  const UNNAMED = 'a, button, input, select, textarea, img, svg, option, summary, h1, h2, h3, h4, h5, h6, p, html, body';
  function labelOf(element) {
    const root = element.getRootNode();
    const by = (element.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean)
      .map((id) => root.getElementById?.(id)?.textContent || '').join(' ');
    return tidy(by || element.getAttribute('aria-label') || '');
  }
  function landmarkOf(element) {
    const role = roleOf(element), tag = element.localName;
    if (role) return LANDMARK_ROLES.has(role) ? role : '';
    if (tag === 'section' || tag === 'form') return labelOf(element) ? (tag === 'form' ? 'form' : 'region') : '';
    if ((tag === 'header' || tag === 'footer') && element.closest('article, aside, main, nav, section')) return '';
    return LANDMARKS[tag] || '';
  }
  function embeddedTitle(frame) {
    try { return tidy(frame.contentDocument?.title); } catch { return ''; }
  }
  function groupNameOf(element) {
    if (element.matches(UNNAMED)) return '';
    const name = labelOf(element);
    if (name) return name;
    if (element.localName === 'table') return tidy(element.caption?.textContent);
    if (element.matches('iframe, frame')) return tidy(element.getAttribute('title')) || embeddedTitle(element);
    return '';
  }

  /* What a box holds: the tags of its children, and of theirs where a child is a mere wrapper ("div/img"). */
  const WRAPPERS = new Set(['div', 'header', 'footer', 'span', 'figure', 'hgroup', 'td', 'a', 'article', 'section']);
  const SINGLE_OR_ROW = new Set(['a', 'button', 'img']); // "img+": a row of pictures is not a picture
  const SILENT = new Set(['script', 'style', 'link', 'meta', 'template', 'noscript', 'br', 'hr', 'wbr', 'ins']);
  const PLAIN = new Set(['div', 'span', 'p', 'section', 'aside', 'b', 'i', 'em', 'strong', 'small', 'time', 'u', 's', 'code', 'abbr', 'mark']);
  const direct = (contents) => [...contents].filter((one) => !one.includes('/'));
  const tagIn = (content) => content.split('/').pop();
  const solid = (contents) => [...contents].filter((one) => !PLAIN.has(tagIn(one)));
  const nameOf = (element) => (['input', 'select', 'textarea'].includes(element.localName) ? 'field' : element.localName);
  function contentsOf(box, deepest, except) {
    const found = new Set();
    for (let level = [[box, '']], depth = 1; level.length && depth <= deepest; depth++) {
      const wrappers = [];
      for (const [parent, path] of level) for (const child of [...parent.children].slice(0, CHILD_LIMIT)) {
        if (child === except || SILENT.has(child.localName)) continue;
        const name = path + nameOf(child);
        if (found.has(name) && SINGLE_OR_ROW.has(name)) found.add(`${name}+`);
        else found.add(name);
        if (WRAPPERS.has(child.localName)) wrappers.push([child, `${name}/`]);
      }
      level = wrappers.slice(0, CHILD_LIMIT);
    }
    return found;
  }
  /* Without what lies in other things: a picture in a link is one with the link. */
  const thingsIn = (contents) => { const all = solid(contents); return all.filter((one) => !all.some((other) => one.startsWith(`${other}/`))); };
  const common = (a, b) => [...a].filter((one) => b.has(one)).length;
  const headingTags = (contents) => [...new Set([...contents].map(tagIn).filter((tag) => /^h[1-6]$/.test(tag)))].sort().join();
  const sameHeadings = (a, b) => headingTags(a) === headingTags(b);
  const isRow = (contents) => { const own = direct(contents); return own.length === 2 && own[1] === `${own[0]}+`; };
  /* Whether two shapes are of one template. What several boxes hold may be little and the others hold a thing or two
     more; a box that is alone with what it holds needs much in common with another. */
  function similar(a, b) {
    const [less, more] = [a, b].sort((x, y) => x.things.length - y.things.length);
    const both = common(less.things, new Set(more.things)), left = less.things.length - both, extra = more.things.length - both;
    if (isRow(a.contents) !== isRow(b.contents) && less.alike < 3) return false;
    if (!sameHeadings(a.contents, b.contents) && (left || both < 3)) return false;
    if (left + extra <= both / 2) return true;
    if (both >= 2 && headingTags(a.contents) && left + extra <= 3) return true;
    if (less.alike === 1 && more.alike === 1) return false;
    return (both >= 2 && left + extra <= 2) || (left === 0 && less.alike > 1 && extra <= both);
  }
  /* Two boxes side by side in each of several items, as in a row, are two things however like they are. */
  function sideBySide(a, b) {
    if (a.held !== b.held || String(direct(a.contents).sort()) === String(direct(b.contents).sort())) return false;
    const parents = new Set(a.members.map((one) => one.parentNode)), shared = b.members.filter((one) => parents.has(one.parentNode));
    return shared.length > 2 && parents.size === a.members.length && shared.length === new Set(shared.map((one) => one.parentNode)).size
      && shared.length >= 0.8 * Math.max(a.members.length, b.members.length);
  }

  /* The level of the headings of similar boxes, when each is the title of its box; else 0. */
  function titleLevel(members) {
    if (members.length < 2 || !BOXES.has(members[0].localName)) return 0;
    const headings = members.map((one) => one.querySelectorAll(HEADINGS)).filter((found) => found.length);
    return headings.length > 1 && headings.some((found) => found.length === 1) ? levelOf(headings[0][0]) : 0;
  }

  const kindOfBox = (element) => `${element.localName} ${roleOf(element)}`;
  /* Families: elements with the same tag and role that hold similar things. For each element, its family. */
  function familiesAmong(elements) {
    const shapes = new Map(), alike = new Map();
    for (const element of elements.slice(0, FAMILY_LIMIT)) {
      const kind = kindOfBox(element), contents = contentsOf(element, 4), id = `${kind}|${[...contents].sort()}`;
      if (!shapes.has(id)) shapes.set(id, { kind, contents, members: [], gathered: isGathered(element), held: `${kind}|${solid(contents).sort()}` });
      const shape = shapes.get(id);
      shape.things ??= thingsIn(contents);
      shape.members.push(element);
      alike.set(shape.held, (alike.get(shape.held) ?? 0) + 1);
    }
    for (const shape of shapes.values()) shape.alike = alike.get(shape.held);
    const families = [];
    for (const id of [...shapes.keys()].sort()) {
      const family = { ...shapes.get(id), shapes: [shapes.get(id)] };
      for (const other of families.filter((one) => one.kind === family.kind)) {
        const near = other.shapes.filter((shape) => family.gathered || similar(shape, family.shapes[0]));
        const beside = near.filter((shape) => !family.gathered && sideBySide(shape, family.shapes[0]));
        if (beside.length) family.beside = other.beside = true;
        else if (near.length) {
          family.shapes.push(...other.shapes);
          family.members = [...other.members, ...family.members];
          family.beside ||= other.beside;
          families.splice(families.indexOf(other), 1);
        }
      }
      families.push(family);
    }
    const familyOf = new Map();
    familyOf.kinds = new Map();
    for (const family of families) {
      family.shared = [...family.shapes[0].contents].filter((one) => family.shapes.every((shape) => shape.contents.has(one)));
      family.titled = titleLevel(family.members);
      for (const member of family.members) familyOf.set(member, family);
      familyOf.kinds.set(family.kind, [...(familyOf.kinds.get(family.kind) ?? []), ...family.members]);
    }
    return familyOf;
  }

  /* Headings: of a box itself, and of the flat parts of a box. h1 is the name of the page, not of a place in it. */
  const HEADINGS = 'h2, h3, h4, h5, h6, summary, legend, [role="heading"]:not([aria-level="1"])';
  const RUNNING = 'p, ul, ol, dl, table, img, form, article, section';
  function levelOf(element) {
    if (element.matches('summary, legend')) return 3;
    if (!element.matches(HEADINGS)) return 0;
    return Number(element.getAttribute('aria-level')) || Number(element.localName[1]) || 2;
  }
  /* A box that does nothing but carry a heading, perhaps with a link or button beside it. */
  const carriesHeading = (box) => [...box.children].some(levelOf) && (box.matches('header, hgroup') ? !landmarkOf(box)
    : box.localName === 'div' && box.getElementsByTagName('*').length <= 8 && !box.querySelector(RUNNING));
  function headingsOf(box) {
    const children = [...box.children].slice(0, SIBLING_LIMIT);
    const direct = children.filter(levelOf).map((child) => ({ child, heading: child }));
    if (direct.length) return direct;
    return children.filter(carriesHeading).map((child) => ({ child, heading: child.querySelector(HEADINGS) }));
  }
  /* The heading under which `branch`, a child of `box`, stands. */
  function headingOver(headings, box, branch, element) {
    if (!headings.length || headings.some(({ heading }) => heading.contains(element)) || carriesHeading(box)) return null;
    if (headings.length === 1) return headings[0].heading;
    if (!branch || branch.localName === 'p') return null; // running text is one thing under all its headings
    const before = headings.filter(({ child }) => child === branch || child.compareDocumentPosition(branch) & 4);
    return before.length ? before[before.length - 1].heading : null;
  }

  function columnOf(cell) {
    const row = cell.parentElement, table = cell.closest('table');
    const head = table?.tHead?.rows.length ? table.tHead.rows[table.tHead.rows.length - 1] : table?.rows[0];
    if (!head || head === row || !row?.cells) return '';
    let column = 0;
    for (const other of row.cells) { if (other === cell) break; column += other.colSpan; }
    for (const title of head.cells) {
      if (column < title.colSpan) return title.localName === 'th' ? tidy(title.textContent) : '';
      column -= title.colSpan;
    }
    return '';
  }

  /* Controls. */
  const CONTROLS = 'input:not([type="hidden"]), select, textarea, [role="textbox"], [role="combobox"], [role="listbox"], '
    + '[role="checkbox"], [role="switch"], [role="radio"], [role="slider"], [role="spinbutton"], [role="searchbox"]';
  const BOUNDS = 'form, fieldset, li, td, th, dd';
  const PLACES = 'body, main, article, section, aside, nav, header, footer, tr, tbody, table, ul, ol';
  const kindOf = (control) => roleOf(control) || (control.localName === 'input' ? control.type : control.localName);
  function kindsIn(form) {
    const kinds = [...form.querySelectorAll(CONTROLS)].slice(0, SIBLING_LIMIT).map(kindOf);
    return [...new Set(kinds)].filter((kind) => !['submit', 'button', 'reset', 'image'].includes(kind)).sort();
  }
  const TEXTS = 'span, label, div, p, b, strong, em, small, dt, th, td, font, h2, h3, h4, h5, h6';
  function wordsOn(side, control) {
    for (let node = control[side]; node; node = node[side]) {
      const element = node.nodeType === 1;
      if (element && SILENT.has(node.localName)) continue;
      if (element && (!node.matches(TEXTS) || node.getElementsByTagName('*').length > 2 || node.querySelector(`a, button, ${CONTROLS}`))) return '';
      if (node.nodeType !== 8 && tidy(node.textContent)) return tidy(node.textContent);
    }
    return '';
  }
  /* The words beside a control that has neither label nor name: what a sighted person takes for its label. */
  function wordsBeside(control) {
    const sides = ['previousSibling', 'nextSibling'];
    if (['checkbox', 'radio', 'switch'].includes(kindOf(control))) sides.reverse();
    for (let node = control, n = 0; n < 3; node = node.parentElement, n++) {
      const parent = node.parentElement;
      if (parent?.matches(PLACES)) return '';
      const text = wordsOn(sides[0], node) || wordsOn(sides[1], node);
      if (parent?.matches('td') && !columnOf(parent)) return text || wordsOn('previousSibling', parent);
      if (text || !parent || parent.matches(BOUNDS) || parent.children.length > 1) return text;
    }
    return '';
  }

  const STATES = new Set(('current selected expanded checked pressed disabled hidden busy controls haspopup owns describedby '
    + 'posinset setsize level sort activedescendant live atomic relevant invalid required readonly details errormessage flowto '
    + 'valuenow valuetext').split(' ').map((name) => `aria-${name}`));
  const KINDS = new Set(['img', 'svg', 'i', 'input', 'select', 'textarea', 'button', 'a', 'video', 'audio', 'canvas']);
  const WORDED = 'a, button, label, summary, [role="button"], [role="link"], [role="tab"], [role="menuitem"]';
  const EMBEDDED = ['allow', 'allowfullscreen', 'sandbox', 'srcdoc'];
  function own(element) {
    const names = element.getAttributeNames();
    const control = element.matches(CONTROLS), embedded = element.matches('iframe, frame, object, embed');
    const name = element.matches(`${CONTROLS}, button, iframe`) ? element.getAttribute('name') || '' : '';
    return {
      type: element.getAttribute('type') || '', name, beside: control && !name ? wordsBeside(element) : '',
      purpose: control ? element.getAttribute('autocomplete') || '' : '', action: element.getAttribute('data-action') || '',
      aria: names.filter((one) => one.startsWith('aria-')).sort(), states: [...STATES].filter((one) => names.includes(one)).sort(),
      embedded: embedded ? EMBEDDED.filter((one) => names.includes(one)) : [],
      kinds: element.matches(WORDED) ? [...KINDS].filter((tag) => element.getElementsByTagName(tag).length).sort() : [],
    };
  }

  /* How many steps up stands a box of the same kind that this one is nested in, as a reply is in a reply; else 0. */
  const NESTING = new Set(['div', 'section', 'article', 'li', 'details']);
  const GATHERED = new Set(['article', 'li', 'dd', 'dt', 'option', 'listitem', 'row', 'cell', 'gridcell', 'treeitem', 'menuitem', 'tab']);
  const isGathered = (element) => GATHERED.has(roleOf(element) || element.localName);
  const GROUPING = new Set(['ul', 'ol', 'li', 'article', 'header', 'footer']);
  const substance = (contents) => new Set([...contents].filter((one) => tagIn(one) === 'p'
    || !PLAIN.has(tagIn(one)) && !GROUPING.has(tagIn(one)) && !one.endsWith('+')));
  const BOXES = new Set(['div', 'section', 'fieldset', 'figure', 'details']);
  const DEEP = ['form', 'input', 'select', 'textarea', 'table', 'iframe', 'video', 'audio', 'canvas']; // rare, so they mark a part of a page without landmarks
  const LEAVES = new Set(['a', 'button', 'img', 'svg', 'iframe', 'input', 'select', 'textarea', 'video']);

  /* Reads with a memory for one look at a page that does not change meanwhile. */
  function reader() {
    const headings = new WeakMap(), families = new WeakMap();
    const headingsIn = (box) => { if (!headings.has(box)) headings.set(box, headingsOf(box)); return headings.get(box); };

    /* `family`: the elements like this one. `peers`: those that stand where it stands in the other items of a template.
       So what only some items hold is known at every depth. */
    const whereabouts = new WeakMap();
    function whereOf(node) {
      if (!whereabouts.has(node)) whereabouts.set(node, whereIs(node));
      return whereabouts.get(node);
    }
    function whereIs(node) {
      const alone = { members: [node], shared: [...contentsOf(node, 4)], titled: 0 }, parent = parentOf(node);
      if (!parent) return { family: alone, peers: [node] };
      const { peers } = whereOf(parent), inShadow = node.parentNode !== parent;
      if (!families.has(peers)) families.set(peers, {});
      const within = families.get(peers)[inShadow] ??= familiesAmong(peers.flatMap((one) => [...((inShadow ? one.shadowRoot : one)?.children ?? [])]));
      const family = within.get(node) ?? alone;
      if (peers.length > 1) return { family, peers: within.kinds.get(kindOfBox(node)) ?? [node] };
      return { family, peers: alike(node, family) ? family.members : alone.members };
    }
    function holds(node, family, landmarks) {
      if (node.localName === 'form') return kindsIn(node);
      if (carriesHeading(node) || !BOXES.has(node.localName) && !node.localName.includes('-')) return [];
      const deep = landmarks || family.members.length > 1 || node.querySelector('h1') ? [] : DEEP.filter((tag) => node.querySelector(tag));
      return [...direct(family.beside ? family.shared : solid(family.shared)).sort(), ...deep.map((tag) => `..${tag}`)];
    }
    function alike(node, family) {
      if (!family.members.some((one) => one !== node && one.parentNode === node.parentNode)) return false;
      return isGathered(node) || LEAVES.has(node.localName) || family.titled > 0 || solid(family.shared).length > 0;
    }

    const isRepeated = (node) => alike(node, whereOf(node).family);
    function nestedIn(nodes, at) {
      const node = nodes[at];
      if (!NESTING.has(node.localName)) return 0;
      const mine = substance(contentsOf(node, 3));
      const proof = new Set([...mine].filter((one) => !['a', 'button'].includes(tagIn(one)))); // a menu in a menu is another level
      for (let up = 1; up <= 6 && at + up < nodes.length; up++) {
        const outer = nodes[at + up];
        if (kindOfBox(outer) !== kindOfBox(node) || !isGathered(node) && !isRepeated(node) && !isRepeated(outer)) continue;
        if (up > 1 && isRepeated(nodes[at + up - 1])) continue; // that box holds items, it is none
        const theirs = substance(contentsOf(outer, 3, nodes[at + up - 1]));
        const both = common(mine, theirs);
        if (sameHeadings(mine, theirs) && both >= 0.75 * Math.min(mine.size, theirs.size)
          && (isGathered(node) || both >= 0.5 * Math.max(mine.size, theirs.size))
          && common(proof, theirs) >= (isGathered(node) ? 1 : 2)) return up;
      }
      return 0;
    }

    function step(nodes, at) {
      const node = nodes[at], landmark = landmarkOf(node), { family } = whereOf(node);
      const heading = headingOver(headingsIn(node), node, nodes[at - 1], nodes[0]);
      const facts = {
        tag: node.localName, role: roleOf(node), landmark, name: groupNameOf(node),
        region: REGION_ATTRIBUTES.map((name) => node.getAttribute(name)).filter(Boolean).join(' '),
        column: node.matches('td, th') ? columnOf(node) : '',
        heading: heading ? tidy(heading.textContent) : '', level: heading ? levelOf(heading) : 0, linked: !!heading?.querySelector('a[href]'),
        holds: landmark ? [] : holds(node, family, nodes.some(landmarkOf)), alike: alike(node, family), titled: family.titled, nested: nestedIn(nodes, at),
      };
      return Object.fromEntries(Object.entries(facts).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
    }

    /* From the element itself up to the root, through open shadow roots. */
    function ancestry(element) {
      const nodes = [];
      for (let node = element; node && nodes.length < DEPTH_LIMIT; node = parentOf(node)) nodes.push(node);
      return nodes.map((_, at) => step(nodes, at));
    }
    return { ancestry, own };
  }

  globalThis.campusAncestry = { reader, parentOf, landmarkOf };
})();
