/* What a skip link leads to, and whether focus has come there. Called before and after it is worked. */
({ number, after }) => {
  const { elements, active } = campusKeyboard, link = elements[number];
  const SKIP = /\b(skip|jump to|(go|straight) to (the )?(main|content)|aller (au|à la)|passer|évitement|accès direct|zum (haupt)?inhalt|überspringen|springe|direkt zum|saltar|ir al? (contenido|conteúdo)|vai al|salta|pular|ir para)\b/i;
  function target() {
    if (!link.hash || /^#[!/]/.test(link.hash)) return null;
    const name = link.hash.slice(1);
    let plain = name;
    try { plain = decodeURIComponent(name); } catch { /* it is no encoded text */ }
    return document.getElementById(name) || document.getElementById(plain) || document.getElementsByName(plain)[0] || (plain.toLowerCase() === 'top' ? document.documentElement : null);
  }
  if (!after) {
    if (link.localName !== 'a' || typeof link.href !== 'string' || !link.getAttribute('href')?.includes('#') || link.href.split('#')[0] !== location.href.split('#')[0]) return { skips: false };
    const said = link.getAttribute('aria-label') || link.textContent;
    const shown = (selector) => [...document.querySelectorAll(selector)].slice(0, 200).some((one) => one.checkVisibility());
    return {
      skips: SKIP.test(said), aims: link.hash.length > 1, there: !!target(),
      bypass: shown('h1, h2, h3, h4, h5, h6, [role=heading], main, [role=main], nav, [role=navigation]'),
    };
  }
  const goal = target(), now = active();
  if (!now || !goal) return { at: false };
  const position = goal.compareDocumentPosition(now);
  return { at: goal === now || !!(position & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)) };
}
