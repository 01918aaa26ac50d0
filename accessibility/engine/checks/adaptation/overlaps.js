/* Texts that stand on each other in one state of a page and not in another: more of `campusReading`. */
() => {
  const MOST_LINES = 4000, MOST_PAIRS = 200, MOST_TOLD = 8;
  const { bounded, tidy } = campusAudit;
  const { texts, sight, inSight, styleOf, spaced, pointed } = campusReading;
  let pairs = [];

  /* Pairs of texts whose letters stand on each other: the middles of their lines meet. */
  function meeting(wanted) {
    const lines = [];
    for (const { node, element, chain, rects } of texts()) {
      if (chain.fixed || chain.sticky) continue;
      for (const rect of rects) {
        if (lines.length >= MOST_LINES) break;
        const seen = sight(rect, chain);
        if (seen.scrolled || !inSight(seen)) continue; // where it stands once it is scrolled to is not told
        const { left, right, top, bottom } = seen.line, part = (bottom - top) / 4;
        lines.push({ node, element, left, right: right - parseFloat(styleOf(element).fontSize) * 0.15, top: top + part, bottom: bottom - part });
      }
    }
    lines.sort((a, b) => a.top - b.top);
    const found = new Map();
    let open = [];
    for (const line of lines) {
      open = open.filter((other) => other.bottom > line.top);
      for (const other of open) {
        if (other.node === line.node || found.size >= MOST_PAIRS) continue;
        const left = Math.max(other.left, line.left), right = Math.min(other.right, line.right);
        if (right - left < 4 || Math.min(other.bottom, line.bottom) - line.top < 2) continue;
        const inOrder = other.node.compareDocumentPosition(line.node) & Node.DOCUMENT_POSITION_FOLLOWING;
        const [one, two] = inOrder ? [other.node, line.node] : [line.node, other.node];
        const pair = { one, two, x: (left + right) / 2, y: (line.top + Math.min(other.bottom, line.bottom)) / 2 };
        if (!wanted || wanted(pair)) found.set(`${number(pair.one)} ${number(pair.two)}`, pair);
      }
      open.push(line);
    }
    return found;
  }
  const numbers = new WeakMap();
  let last = 0;
  const number = (node) => numbers.get(node) ?? (numbers.set(node, ++last), last);

  /* Both are painted, one on the other: nothing opaque lies between them. */
  function bothShown({ one, two, x, y }) {
    const fromX = scrollX, fromY = scrollY;
    scrollTo({ left: fromX, top: fromY + y - innerHeight / 2, behavior: 'instant' });
    const stack = document.elementsFromPoint(x + fromX - scrollX, y + fromY - scrollY);
    scrollTo({ left: fromX, top: fromY, behavior: 'instant' });
    const places = [one, two].map((node) => stack.findIndex((element) => element === node.parentElement || element.shadowRoot?.contains(node)));
    if (places.includes(-1)) return false;
    const [upper, lower] = [Math.min(...places), Math.max(...places)];
    return stack.slice(upper, lower).every((element) => element.contains(stack[lower]) || /, 0\)$|^transparent$/.test(getComputedStyle(element).backgroundColor)
      && getComputedStyle(element).backgroundImage === 'none');
  }

  /* Notes the texts that stand on each other, and gives their number. */
  function overlapping() {
    pairs = [...meeting().values()].filter(bothShown);
    return pairs.length;
  }
  /* Those that do not do so now, though both are there. */
  function apartNow(spacedOnly) {
    if (!pairs.length) return [];
    const still = meeting(), shown = new Set(texts().map(({ node }) => node));
    const apart = pairs.filter(({ one, two }) => shown.has(one) && shown.has(two) && (!spacedOnly || (spaced.test(one.data) && spaced.test(two.data)))
      && !still.has(`${number(one)} ${number(two)}`) && !still.has(`${number(two)} ${number(one)}`)).slice(0, MOST_TOLD);
    const at = pointed(apart.map(({ two }) => two.parentElement));
    return apart.map(({ one, two }, i) => ({ at: at[i], one: bounded(tidy(one.data), 80), two: bounded(tidy(two.data), 80) }));
  }

  Object.assign(campusReading, { overlapping, apartNow });
  return true;
}
