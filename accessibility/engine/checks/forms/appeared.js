/* Which texts have come into sight since a moment: `appeared`. For checks that do something and see what the page says. */
const appeared = (() => {
  const MOST_NODES = 4000, MOST_TEXTS = 40;
  const LIVE = '[role="alert"], [role="status"], [role="log"], [role="alertdialog"], [aria-live]:not([aria-live="off"]), output';
  const UNREAD = /^(script|style|template|noscript|select|textarea|svg)$/;

  function within(element, selector) {
    for (let up = element; up; up = campusAudit.parentOf(up)) if (up.nodeType === 1 && seen.matches(up, selector)) return up;
    return null;
  }

  /* Every text that is seen with the element that holds it, and what live regions hold, seen or not. */
  function now() {
    const texts = [];
    let nodes = 0, live = '';
    campusAudit.walk(document.body || document.documentElement, (element) => {
      if (nodes > MOST_NODES || UNREAD.test(element.localName)) return false;
      if (seen.matches(element, LIVE)) live += ` ${campusAudit.tidy(element.textContent)}`;
      for (const root of [element, element.shadowRoot])
        for (const node of root?.childNodes || []) {
          if (node.nodeType !== 3 || !node.data.trim() || ++nodes > MOST_NODES) continue;
          if (seen.shown(element)) texts.push([seen.squeeze(node.data), element]);
        }
      return true;
    });
    return { texts, live };
  }

  /* Remember what is seen and announced now. */
  function moment() {
    const { texts, live } = now();
    return { texts: new Set(texts.map(([text]) => text)), live };
  }

  /* What has come since then: `texts` in sight `[{element, text, live}]`; whether a live region has got something to say. */
  function since(then) {
    const { texts, live } = now(), found = [];
    for (const [text, element] of texts) {
      if (then.texts.has(text) || found.length >= MOST_TEXTS) continue;
      found.push({ element, text: campusAudit.bounded(text, 200), live: !!within(element, LIVE) });
    }
    return { texts: found, announced: live !== then.live && !!live.trim() };
  }

  /* Where focus is, in open shadow roots too. */
  function focused() {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active;
  }

  return { moment, since, focused, within };
})();
