/* Controls whose name comes from aria-label or aria-labelledby and does not simply hold the text that is seen on them. */
() => {
  const { walk, pointAt, bounded } = campusAudit;
  const MOST = 50;
  const ROLES = new Set(['button', 'checkbox', 'gridcell', 'link', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'option', 'radio',
    'searchbox', 'switch', 'tab', 'treeitem']);
  const BUTTONS = new Set(['submit', 'button', 'reset']);
  const plain = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

  function fromContent(element) {
    const role = seen.roleOf(element);
    if (role) return ROLES.has(role);
    return seen.matches(element, 'button, summary, a[href], area[href], option') || (element.localName === 'input' && BUTTONS.has(element.type));
  }

  /* What is seen on a control, or beside a field as its label. */
  function linesOf(element) {
    if (element.localName === 'input' && BUTTONS.has(element.type)) return [[element.value]];
    if (seen.isField(element)) {
      const named = new Set(seen.referenced(element, 'aria-labelledby'));
      const labels = [...(element.labels || [])].slice(0, 3).filter((label) => ![...named].some((one) => one === label || label.contains(one)));
      return labels.map((label) => [seen.labelText(label)]).filter(([text]) => text);
    }
    return seen.lines(element);
  }

  const differing = [];
  let judged = 0;
  walk(document.documentElement, (element) => {
    const labelled = element.hasAttribute('aria-labelledby');
    if (!labelled && !element.hasAttribute('aria-label')) return true;
    const field = seen.isField(element);
    if (!(field || fromContent(element)) || differing.length >= MOST) return true;
    if (!seen.enabled(element) || !seen.exposed(element) || !(field || seen.shown(element))) return true;
    const given = labelled ? seen.referenced(element, 'aria-labelledby').map((one) => one.textContent).join(' ') : element.getAttribute('aria-label');
    if (!plain(given || '')) return true;
    const lines = linesOf(element);
    const text = seen.squeeze(lines.map((line) => line.join('')).join(' '));
    if (!text) return true;
    judged++;
    if (!` ${plain(given)} `.includes(` ${plain(text)} `)) differing.push({ element, field, text, lines, given });
    return true;
  });
  const at = pointAt(differing.map(({ element }) => element));
  return {
    judged,
    differing: differing.map(({ field, text, lines, given, element }, i) => ({
      field, text: bounded(text, 300), at: at[i], name: element.hasAttribute('aria-labelledby') ? at[i].name : bounded(seen.squeeze(given), 300),
      lines: lines.map((line) => line.map((one) => bounded(seen.squeeze(one), 300))),
    })),
  };
}
