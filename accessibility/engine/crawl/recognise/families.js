/* Families: boxes of one template, recognised by what they hold, so that what only some of them hold does not count. */
Object.assign(globalThis.campusRecognise, (() => {
  const { roleOf, levelOf, HEADINGS } = globalThis.campusRecognise;
  const CHILD_LIMIT = 100, CONTENT_LIMIT = 400, FAMILY_LIMIT = 1000, DEPTH = 4;

  /* What a box holds: the tags of its children, and of theirs where a child is a mere wrapper ("div/img"). One link is
     something else than a row of links ("a+"). */
  const WRAPPERS = new Set(['div', 'header', 'footer', 'span', 'figure', 'hgroup', 'td', 'a', 'article', 'section']);
  const ONE_OR_ROW = new Set(['a', 'button', 'img']);
  const SILENT = new Set(['script', 'style', 'link', 'meta', 'template', 'noscript', 'br', 'hr', 'wbr', 'ins']);
  const FIELDS = new Set(['input', 'select', 'textarea']);
  function contentsOf(box, deepest = DEPTH, except = null) {
    const found = new Set();
    let left = CONTENT_LIMIT;
    for (let level = [[box, '']], depth = 1; level.length && depth <= deepest; depth++) {
      const wrappers = [];
      for (const [parent, path] of level) for (const child of [...parent.children].slice(0, CHILD_LIMIT)) {
        if (child === except || SILENT.has(child.localName) || left-- <= 0) continue;
        const name = path + (FIELDS.has(child.localName) ? 'field' : child.localName);
        found.add(found.has(name) && ONE_OR_ROW.has(name) ? `${name}+` : name);
        if (WRAPPERS.has(child.localName)) wrappers.push([child, `${name}/`]);
      }
      level = wrappers;
    }
    return found;
  }

  /* Boxes and running text are put anywhere by anybody; what tells templates apart is the rest. */
  const PLAIN = new Set(['div', 'span', 'p', 'section', 'aside', 'b', 'i', 'em', 'strong', 'small', 'time', 'u', 's', 'code', 'abbr', 'mark']);
  const tagIn = (content) => content.split('/').pop();
  const direct = (contents) => [...contents].filter((one) => !one.includes('/'));
  const solid = (contents) => [...contents].filter((one) => !PLAIN.has(tagIn(one)));
  /* Without what lies in other things, as a picture in a link, and without the same deeper down, as in a reply's reply. */
  function thingsIn(contents) {
    const all = solid(contents);
    return all.filter((one) => !all.some((other) => one.startsWith(`${other}/`) || one.endsWith(`/${other}`)));
  }
  const common = (a, b) => [...a].filter((one) => b.has(one)).length;
  const headingTags = (contents) => [...new Set([...contents].map(tagIn).filter((tag) => /^h[1-6]$/.test(tag)))].sort().join();
  const sameHeadings = (a, b) => headingTags(a) === headingTags(b);
  const isRow = (things) => things.length === 2 && things[1] === `${things[0]}+`;

  /* Whether two shapes are of one template. If many boxes have the one, the other may hold a thing or two more; boxes
     that are each alone with what they hold need much in common. */
  function similar(a, b) {
    const [less, more] = solid(a.contents).length <= solid(b.contents).length ? [a, b] : [b, a];
    const both = common(less.things, more.contents), missing = less.things.length - both;
    const extra = more.things.length - common(more.things, less.contents);
    if (isRow(a.things) !== isRow(b.things) && less.boxes < 3) return false;
    if (!sameHeadings(a.contents, b.contents) && (missing || both < 3)) return false;
    if (missing + extra <= both / 2) return true;
    if (both >= 2 && headingTags(a.contents) && missing + extra <= 2 * both) return true;
    if (less.boxes === 1 && more.boxes === 1) return false;
    if (!both && less.boxes > 2 && extra === 1 && sameWrappers(less.contents, more.contents)) return true;
    return (both >= 2 && missing + extra <= 2) || (missing === 0 && less.boxes > 1 && extra <= both);
  }
  /* Boxes of nothing but wrappers and text, deep enough to be built by a template, of which one was given a thing more. */
  const sameWrappers = (less, more) => less.size > 3 && common(less, more) === less.size;
  /* Two boxes side by side in each of several items, as cells in a row, are two things however alike they are. */
  function sideBySide(a, b) {
    if (a.held !== b.held || String(direct(a.contents).sort()) === String(direct(b.contents).sort())) return false;
    const parents = new Set(a.members.map((one) => one.parentNode)), pairs = b.members.filter((one) => parents.has(one.parentNode));
    return pairs.length > 2 && parents.size === a.members.length && pairs.length === new Set(pairs.map((one) => one.parentNode)).size
      && pairs.length >= 0.8 * Math.max(a.members.length, b.members.length);
  }

  /* Always of one family with their like, whatever they hold. */
  const ITEMS = new Set(['article', 'li', 'dd', 'dt', 'option', 'listitem', 'row', 'cell', 'gridcell', 'treeitem', 'menuitem', 'tab']);
  const isItem = (element) => ITEMS.has(roleOf(element) || element.localName);
  const BOXES = new Set(['div', 'section', 'fieldset', 'figure', 'details']);
  const isBox = (element) => BOXES.has(element.localName) || element.localName.includes('-');
  const kindOf = (element) => `${element.localName} ${roleOf(element)}`;

  /* The level of the headings of a family, when each is the title of its box; else 0. */
  function titleLevel(members) {
    if (members.length < 2 || !(isBox(members[0]) || members[0].localName === 'a')) return 0;
    const headings = members.map((one) => one.querySelectorAll(HEADINGS)).filter((found) => found.length);
    return headings.length > 1 && headings.some((found) => found.length === 1) ? levelOf(headings[0][0]) : 0;
  }
  function shapesOf(elements) {
    const shapes = new Map(), boxes = new Map();
    for (const element of elements.slice(0, FAMILY_LIMIT)) {
      const kind = kindOf(element), contents = contentsOf(element), id = `${kind}|${[...contents].sort()}`;
      if (!shapes.has(id))
        shapes.set(id, { id, kind, contents, things: thingsIn(contents).sort(), held: `${kind}|${solid(contents).sort()}`, item: isItem(element), members: [] });
      const shape = shapes.get(id);
      shape.members.push(element);
      boxes.set(shape.held, (boxes.get(shape.held) ?? 0) + 1);
    }
    for (const shape of shapes.values()) shape.boxes = boxes.get(shape.held);
    return [...shapes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  /* The family of each element, in any order of them: {members, within, shared: what all hold, titled, cells: stand in a row}. */
  function familiesAmong(elements) {
    const families = [];
    for (const shape of shapesOf(elements)) {
      const family = { kind: shape.kind, shapes: [shape], members: shape.members, cells: false };
      for (const other of families.filter((one) => one.kind === shape.kind)) {
        const near = other.shapes.filter((one) => shape.item || similar(one, shape));
        if (!shape.item && near.some((one) => sideBySide(one, shape))) family.cells = other.cells = true;
        else if (near.length) {
          family.shapes.push(...other.shapes);
          family.members = family.members.concat(other.members);
          family.cells ||= other.cells;
          families.splice(families.indexOf(other), 1);
        }
      }
      families.push(family);
    }
    const familyOf = new Map();
    familyOf.places = new Map(); // kind -> all of that kind, of whatever family
    for (const family of families) {
      family.shared = [...family.shapes[0].contents].filter((one) => family.shapes.every((shape) => shape.contents.has(one)));
      family.titled = titleLevel(family.members);
      family.within = new Map(); // parent -> how many
      for (const member of family.members) {
        familyOf.set(member, family);
        family.within.set(member.parentNode, (family.within.get(member.parentNode) ?? 0) + 1);
      }
      familyOf.places.set(family.kind, (familyOf.places.get(family.kind) ?? []).concat(family.members));
    }
    return familyOf;
  }

  return { contentsOf, direct, solid, tagIn, PLAIN, common, sameHeadings, isItem, isBox, kindOf, familiesAmong };
})());
