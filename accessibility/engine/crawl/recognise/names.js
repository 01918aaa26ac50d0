/* What names a place on a page: landmarks, names of groups, headings, titles of columns. The four scripts of this folder
   gather the facts by which `component.py` recognises an element on other pages and nights; they run before
   page_script.js in the same isolated world, in the order of `world.py`. Ids, class names, styles, addresses and
   positions are not read. */
globalThis.campusRecognise = (() => {
  const TEXT_LIMIT = 200, CHILD_LIMIT = 400;
  const tidy = (text) => (text || '').slice(0, 4 * TEXT_LIMIT).replace(/\s+/g, ' ').trim().slice(0, TEXT_LIMIT);
  const parentOf = (node) => node.parentElement || (node.getRootNode().host ?? null);
  const roleOf = (node) => node.getAttribute('role') || '';

  const LANDMARKS = { header: 'banner', nav: 'navigation', main: 'main', aside: 'complementary', footer: 'contentinfo',
    form: 'form', search: 'search' };
  const LANDMARK_ROLES = new Set(Object.values(LANDMARKS).concat('region'));
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

  /* The name of a group; what is no group has a name of its own kind, which is content. */
  const NO_GROUP = 'a, button, input, select, textarea, img, svg, option, summary, h1, h2, h3, h4, h5, h6, p, html, body';
  function embeddedTitle(frame) {
    try { return tidy(frame.contentDocument?.title); } catch { return ''; }
  }
  /* The row of the column titles. Without a thead it is the first one, unless that tells something: a title beside a
     value is the title of its row. */
  function headRowOf(table) {
    const row = table.tHead?.rows.length ? table.tHead.rows[table.tHead.rows.length - 1] : table.rows[0];
    const titles = row && [...row.cells].filter((cell) => cell.localName === 'th' && cell.scope !== 'row');
    if (!titles?.length) return null;
    const said = [...row.cells].some((cell) => cell.localName !== 'th' && cell.textContent.trim());
    return table.tHead || !said || titles.some((cell) => cell.scope) ? row : null;
  }
  function groupNameOf(element) {
    if (element.matches(NO_GROUP)) return '';
    const name = labelOf(element);
    if (name) return name;
    if (element.localName === 'table')
      return tidy(element.caption?.textContent) || [...(headRowOf(element)?.cells ?? [])].slice(0, 7).map((cell) => tidy(cell.textContent).slice(0, 10)).join('|');
    if (element.matches('iframe, frame')) return tidy(element.getAttribute('title')) || embeddedTitle(element);
    return '';
  }
  function columnOf(cell) {
    const row = cell.parentElement, table = cell.closest('table'), head = table && headRowOf(table);
    if (!head || head === row || !row.cells) return '';
    let column = 0;
    for (const other of row.cells) { if (other === cell) break; column += other.colSpan; }
    for (const title of head.cells) {
      if (column < title.colSpan) return title.localName === 'th' ? tidy(title.textContent) : '';
      column -= title.colSpan;
    }
    return '';
  }

  /* h1 is left out: it is the name of the page, not of a place on it. */
  const HEADINGS = 'h2, h3, h4, h5, h6, summary, legend, [role="heading"]:not([aria-level="1"])';
  const LISTS_AND_TEXT = 'p, ul, ol, dl, table, img, form, article, section';
  const HEADED = 'div, section, article, main, aside, nav, header, footer, body, form, fieldset, details, dialog, figure, td, li, dd';
  function levelOf(element) {
    if (element.matches('summary, legend')) return 3;
    if (!element.matches(HEADINGS)) return 0;
    return Number(element.getAttribute('aria-level')) || Number(element.localName[1]) || 2;
  }
  /* A box that does nothing but carry a heading, perhaps with a link or button beside it. */
  const carriesHeading = (box) => box.matches('div, header, hgroup') && box.childElementCount <= 8 && [...box.children].some(levelOf)
    && (box.localName === 'div' ? box.getElementsByTagName('*').length <= 8 && !box.querySelector(LISTS_AND_TEXT) : !landmarkOf(box));
  function headingsOf(box) {
    if (!box.matches(HEADED) && !box.localName.includes('-')) return [];
    const children = [...box.children].slice(0, CHILD_LIMIT);
    const own = children.filter(levelOf).map((child) => ({ child, heading: child }));
    if (own.length) return own;
    return children.filter(carriesHeading).map((child) => ({ child, heading: child.querySelector(HEADINGS) }));
  }
  /* Under which of a box's headings its child `branch` stands; with one only, all of the box does, in any order. */
  function headingOver(headings, box, branch, element) {
    if (!headings.length || headings.some(({ heading }) => heading.contains(element)) || carriesHeading(box)) return null;
    if (headings.length === 1) return headings[0].heading;
    if (!branch || branch.localName === 'p') return null; // running text is one thing under all its headings
    const before = headings.filter(({ child }) => child === branch || child.compareDocumentPosition(branch) & Node.DOCUMENT_POSITION_FOLLOWING);
    return before.length ? before[before.length - 1].heading : null;
  }

  return { tidy, parentOf, roleOf, landmarkOf, groupNameOf, columnOf, HEADINGS, levelOf, carriesHeading, headingsOf, headingOver };
})();
