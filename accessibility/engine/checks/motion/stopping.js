/* The controls of a document that could stop a movement: `globalThis.campusStops`, the likely ones first.
   Answers how many there are, and how many bear a name that says so. Left out is what surely does something else. */
() => {
  const { visible, bounded } = campusAudit;
  const BUTTONS = 'button, input[type="button"], input[type="submit"], input[type="checkbox"], input[type="range"], summary, [onclick], ' +
    '[role="button"], [role="switch"], [role="checkbox"], [role="menuitem"], a[href^="#"], a[href^="javascript:"], a:not([href])[tabindex]';
  const STOPS = /paus|stop|halt|freez|hide|dismiss|close|mute|unmute|animat|motion|movement|sound|volume|silence|arrêt|masquer|fermer|son\b|pausa|detener|parar|ocultar|cerrar|anhalten|ausblenden|schlie|ferma|nascondi|play|lire|lecture|⏸|⏹|▶|⏯|×/i;
  const OTHERS = /^(search|menu|open menu|navigation|log ?in|sign ?in|sign ?up|cart|basket|rechercher|se connecter|next|previous|back to top|skip .*)$/i;
  const nameOf = (one) => bounded(`${one.getAttribute('aria-label') ?? ''} ${one.textContent} ${one.value ?? ''} ${one.title}`.replace(/\s+/g, ' ').trim(), 120);
  const skips = (one) => one.localName === 'a' && /^#./.test(one.getAttribute('href') ?? '') && !one.hasAttribute('role') && !one.onclick && !STOPS.test(nameOf(one));
  const sends = (one) => one.type === 'submit' && one.form && one.form.querySelector('input:not([type="hidden"], [type="submit"], [type="button"]), textarea, select');
  const found = [...document.querySelectorAll(BUTTONS)].slice(0, 400)
    .filter((one) => visible(one) && !one.matches(':disabled') && !skips(one) && !OTHERS.test(nameOf(one)))
    .filter((one) => STOPS.test(nameOf(one)) || (!sends(one) && !one.hasAttribute('aria-haspopup') && !one.hasAttribute('aria-expanded')));
  const named = found.filter((one) => STOPS.test(nameOf(one)));
  globalThis.campusStops = [...named, ...found.filter((one) => !named.includes(one))];
  return { all: found.length, named: named.length, names: named.slice(0, 4).map(nameOf) };
}
