/* Where the order of focus may confuse: given the numbers of stops in the order in which Tab came to them. */
(numbers) => {
  const { parentOf, pointAt } = campusAudit, { elements } = campusKeyboard;
  const stops = numbers.map((number) => elements[number]).filter((element) => element?.isConnected);
  const follows = (a, b) => !!(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  const pairs = stops.slice(1).map((next, i) => [stops[i], next]).filter(([a, b]) => a.getRootNode() === b.getRootNode());

  /* Stops with a positive tabindex that come before something that stands before them. */
  const jumps = stops.filter((element) => element.tabIndex > 0);
  const jump = jumps.length && pairs.some(([a, b]) => !follows(a, b)) ? jumps[0] : null;

  /* Containers that show their parts in another order than that of the document. */
  function turned(a, b) {
    let under = a;
    for (let up = parentOf(a); up; under = up, up = parentOf(up)) if (up.contains(b)) break;
    const box = parentOf(under);
    if (!box || under.contains(b)) return null;
    let other = b;
    while (parentOf(other) !== box) other = parentOf(other);
    const style = getComputedStyle(box), order = (one) => Number(getComputedStyle(one).order);
    if (!/flex|grid/.test(style.display)) return null;
    const reversed = (style.display.includes('flex') && style.flexDirection.endsWith('reverse')) || style.flexWrap === 'wrap-reverse';
    return reversed || order(under) > order(other) ? box : null;
  }
  function backwards(a, b, rightToLeft) {
    const one = a.getBoundingClientRect(), two = b.getBoundingClientRect();
    const beside = one.top < two.bottom && two.top < one.bottom, below = one.left < two.right && two.left < one.right;
    if (beside) return rightToLeft ? two.left >= one.right : two.right <= one.left;
    return below && two.bottom <= one.top;
  }
  const containers = new Map(); // by how they are made: the first stands for all that are made alike
  for (const [a, b] of pairs) {
    if (!follows(a, b) || a.tabIndex > 0 || b.tabIndex > 0) continue;
    const box = turned(a, b);
    if (!box || !backwards(a, b, getComputedStyle(box).direction === 'rtl')) continue;
    const made = box.getAttribute('class')?.trim() ? `${box.localName} ${box.getAttribute('class')}` : box;
    if (!containers.has(made)) containers.set(made, box);
  }
  const found = [...(jump ? [{ kind: 'tabindex', element: jump, number: jumps.length }] : []),
    ...[...containers.values()].slice(0, 5).map((element) => ({ kind: 'turned', element, number: 0 }))];
  const described = pointAt(found.map(({ element }) => element));
  return found.map(({ kind, number }, i) => ({ kind, number, at: described[i] }));
}
