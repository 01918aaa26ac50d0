/* An element's ancestors: what each is, names, holds, and whether it is one of several. Facts only; what counts is
   decided in `component.py`. */
Object.assign(globalThis.campusRecognise, (() => {
  const recognise = globalThis.campusRecognise;
  const { tidy, parentOf, roleOf, landmarkOf, groupNameOf, columnOf, levelOf, carriesHeading, headingsOf, headingOver } = recognise;
  const { contentsOf, direct, solid, tagIn, PLAIN, common, sameHeadings, isItem, isBox, kindOf, familiesAmong, own, controlsIn } = recognise;
  const DEPTH_LIMIT = 60, NESTING_LIMIT = 6;

  const REGION_ATTRIBUTES = ['data-region', 'data-block', 'data-component']; // by which frameworks name their regions
  const REPEATED = new Set(['a', 'button', 'img', 'svg', 'iframe', 'input', 'select', 'textarea', 'video']);
  const NESTING = new Set(['div', 'section', 'article', 'li', 'details']);
  const GROUPING = new Set(['ul', 'ol', 'li', 'article', 'header', 'footer']);
  const RARE = ['form', 'input', 'select', 'textarea', 'table', 'iframe', 'video', 'audio', 'canvas'];

  /* Remembers what it has read: for one look at a page that does not change meanwhile. */
  function reader() {
    const headings = new WeakMap(), below = new WeakMap(), seen = new WeakMap();
    const headingsIn = (box) => { if (!headings.has(box)) headings.set(box, headingsOf(box)); return headings.get(box); };

    /* `family`: the elements like this one. `peers`: those that stand where it stands in the other items of a template;
       families are sought among the children of all peers, so what only some items hold is known at every depth. */
    function look(node, parent) {
      if (seen.has(node)) return;
      const above = parent && seen.get(parent), alone = { members: [node], within: new Map(), titled: 0, cells: false };
      const place = { family: alone, peers: alone.members, inLandmark: !!landmarkOf(node) || !!above?.inLandmark };
      seen.set(node, place);
      const among = above && familiesBelow(above.peers, node.parentNode !== parent);
      place.family = among?.get(node) ?? Object.assign(alone, { shared: [...contentsOf(node)] });
      if (above?.peers.length > 1) place.peers = among.places.get(kindOf(node)) ?? alone.members;
      else if (alike(node)) place.peers = place.family.members;
      place.holds = holds(node, place);
    }
    function familiesBelow(peers, inShadow) {
      if (!below.has(peers)) below.set(peers, {});
      return below.get(peers)[inShadow]
        ??= familiesAmong(peers.flatMap((one) => [...((inShadow ? one.shadowRoot : one)?.children ?? [])]));
    }
    /* Whether it is one of several in its parent. */
    function alike(node) {
      const { family } = seen.get(node);
      if (!(family.within.get(node.parentNode) > 1)) return false;
      return isItem(node) || REPEATED.has(node.localName) || family.titled > 0 || solid(family.shared).length > 0;
    }

    /* What marks a box among others. Without landmarks, parts of a page are also known by rare things deep in them. */
    function holds(node, { family, inLandmark }) {
      if (node.localName === 'form') return controlsIn(node);
      if (carriesHeading(node) || !(isBox(node) || node.localName === 'nav')) return [];
      const deep = inLandmark || family.members.length > 1 || node.querySelector('h1') ? [] : RARE.filter((tag) => node.querySelector(tag));
      return [...direct(family.cells ? family.shared : solid(family.shared)).sort(), ...deep.map((tag) => `..${tag}`)];
    }

    /* How many steps up the box stands, of its own kind, that this one is nested in as a reply is in a reply; else 0.
       The proof is content that both have. Links alone are none: a menu in a menu is another level. */
    const substance = (contents) => new Set([...contents].filter((one) => tagIn(one) === 'p'
      || (!PLAIN.has(tagIn(one)) && !GROUPING.has(tagIn(one)) && !one.endsWith('+'))));
    const fills = (node, box) => alike(node) && (seen.get(node).family.within.get(box) ?? 0) > box.children.length / 2;
    function nestedIn(nodes, at) {
      const node = nodes[at];
      if (!NESTING.has(node.localName)) return 0;
      const mine = substance(contentsOf(node, 3)), item = isItem(node);
      const proof = [...mine].filter((one) => !['a', 'button'].includes(tagIn(one)));
      for (let up = 1; up <= NESTING_LIMIT && at + up < nodes.length; up++) {
        const outer = nodes[at + up], between = nodes[at + up - 1];
        if (kindOf(outer) !== kindOf(node) || !(item || alike(node) || alike(outer))) continue;
        if (!item && alike(between) && (up > 1 || fills(node, outer))) continue; // a box that holds items is none itself
        const theirs = substance(contentsOf(outer, 3, nodes[at + Math.min(1, up - 1)])), both = common(mine, theirs);
        if (sameHeadings(mine, theirs) && both >= 0.75 * Math.min(mine.size, theirs.size)
          && (item || both >= 0.5 * Math.max(mine.size, theirs.size)) && common(proof, theirs) >= (item ? 1 : 2)) return up;
      }
      return 0;
    }

    function step(nodes, at) {
      const node = nodes[at], place = seen.get(node), landmark = landmarkOf(node);
      const heading = headingOver(headingsIn(node), node, nodes[at - 1], nodes[0]);
      const facts = {
        tag: node.localName, role: roleOf(node), landmark, name: groupNameOf(node),
        region: REGION_ATTRIBUTES.map((name) => node.getAttribute(name)).filter(Boolean).join(' '),
        column: node.matches('td, th') ? columnOf(node) : '',
        heading: heading ? tidy(heading.textContent) : '', level: heading ? levelOf(heading) : 0, linked: !!heading?.querySelector('a[href]'),
        holds: place.holds, alike: alike(node), titled: place.family.titled, nested: at > 0 && !isItem(node) && fills(nodes[at - 1], node) ? 0 : place.nested ??= nestedIn(nodes, at),
      };
      return Object.fromEntries(Object.entries(facts).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
    }

    /* From the element itself up to the root, through open shadow roots. Facts that are false or empty are left out. */
    function ancestry(element) {
      const nodes = [];
      for (let node = element; node && nodes.length < DEPTH_LIMIT; node = parentOf(node)) nodes.push(node);
      for (let at = nodes.length - 1; at >= 0; at--) look(nodes[at], nodes[at + 1]);
      return nodes.map((_, at) => step(nodes, at));
    }
    return { ancestry, own };
  }

  return { reader };
})());
