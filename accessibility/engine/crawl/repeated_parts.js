/* What pages of a platform share: their navigation, links and forms around the content, the blocks that they begin with,
   and the ways past these. Small and bounded: it is kept of every page. */
(() => {
  const NAVS = 6, LINKS = 40, ALL_LINKS = 120, CONTROLS = 60, SUBMITS = 10, BLOCKS = 12, NAME = 60, TARGET = 200;
  const LANDMARKS = 'main, nav, aside, header, footer, search, section[aria-label], section[aria-labelledby], [role="main"], [role="navigation"], [role="complementary"], [role="banner"], [role="contentinfo"], [role="region"], [role="search"]';
  const SEARCHES = 'search, [role="search"], input[type="search"], [role="searchbox"], form input[name="q" i], form input[name*="search" i], form input[name="query" i]';
  const SITE_MAP = /\b(site ?map|all pages|a.z index|index of|plan du site|mapa (del|do) (sitio|web|site)|mappa del sito|(seiten|inhalts)übersicht|خريطة الموقع)/iu;
  const FOCUSABLE = 'a[href], button, input:not([type="hidden"]), select, textarea, [tabindex]:not([tabindex="-1"])';

  const short = (text) => (text || '').replace(/\s+/g, ' ').trim().slice(0, NAME);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const labelOf = (element) => short(element.getAttribute('aria-label') ||
    (element.getAttribute('aria-labelledby') || '').split(/\s+/, 5).map((id) => (id && document.getElementById(id)?.textContent) || '').join(' '));
  const nameOf = (element) => labelOf(element) || short(element.textContent) || short(element.querySelector('img[alt]')?.alt) || short(element.title || element.value);
  function targetOf(address) {
    try {
      const url = new URL(address, document.baseURI);
      return `${url.origin === location.origin ? '' : url.origin}${url.pathname}${url.search}`.slice(0, TARGET);
    } catch { return ''; }
  }
  /* Where a button's form leads: its address with what its hidden fields say, secrets aside, as one address may do many things. */
  function formTarget(form) {
    const secret = /csrf|token|sess|nonce|state|key/i, random = /^[\w.+=:-]{16,}$/;
    const said = [...form.querySelectorAll('input[type="hidden"]')].slice(0, 20)
      .filter((field) => field.name && field.value && !secret.test(field.name) && !random.test(field.value))
      .map((field) => `${field.name}=${field.value}`);
    return [targetOf(form.getAttribute('action')), ...said].join(' ').slice(0, TARGET);
  }
  function iconOf(element, hash) {
    const icon = element.querySelector('img, svg, i[class], span[class*="icon" i]');
    if (!icon) return '';
    const drawn = icon.localName === 'img' ? icon.src : icon.localName === 'svg' ? icon.innerHTML.slice(0, 2000) : icon.className;
    return hash(String(drawn));
  }

  function navigations() {
    const found = [];
    let left = ALL_LINKS;
    for (const nav of document.querySelectorAll('nav, [role="navigation"]')) {
      if (found.length >= NAVS || left <= 0) break;
      if (!shown(nav)) continue;
      const links = [...nav.querySelectorAll('a[href]')].slice(0, Math.min(LINKS, left)).filter(shown).map((link) => [nameOf(link), targetOf(link.href)]);
      left -= links.length;
      if (links.length) found.push([labelOf(nav), links]);
    }
    return found;
  }

  function controls(hash) {
    const found = [];
    const navigation = 'nav a[href], [role="navigation"] a[href], [role="banner"] a[href], [role="contentinfo"] a[href]';
    /* the header of an article or of the content itself is no banner */
    const banner = ':is(header, footer):not(:is(main, article, section, aside, [role="main"]) *) a[href]';
    for (const link of [...document.querySelectorAll(`${navigation}, ${banner}`)].slice(0, CONTROLS))
      if (shown(link) && /^https?:/i.test(link.href)) found.push(['link', nameOf(link), targetOf(link.href), iconOf(link, hash)]);
    for (const button of [...document.querySelectorAll('form[action] [type="submit"], form[action] button:not([type])')].slice(0, SUBMITS))
      if (shown(button) && button.form) found.push(['button', nameOf(button), formTarget(button.form), iconOf(button, hash)]);
    return found;
  }

  /* The blocks that the page begins with, each with how many stops the keyboard makes in it. */
  function blocks(hash) {
    let box = document.body;
    while (box && box.children.length === 1 && !box.matches(LANDMARKS)) box = box.children[0];
    return [...(box?.children || [])].filter((one) => !/^(script|style|template|link|noscript)$/.test(one.localName)).slice(0, BLOCKS)
      .map((one) => [hash(short(one.textContent.slice(0, 2000)) + [...one.querySelectorAll('a[href]')].slice(0, LINKS).map((link) => targetOf(link.href)).join(' ')),
        Math.min(1000, one.querySelectorAll(FOCUSABLE).length + Number(one.matches(FOCUSABLE)))]);
  }

  function ways() {
    const links = [...document.querySelectorAll('a[href]')].slice(0, 2000);
    const skips = links.slice(0, 5).some((link) => /^#./.test(link.getAttribute('href')) && document.getElementById(decodeURI(link.hash.slice(1))));
    const there = {
      'skip link': skips,
      heading: document.querySelector('h1, h2, h3, h4, h5, h6, [role="heading"]'),
      landmark: document.querySelector(LANDMARKS),
      'named frame': document.querySelector('iframe[title], frame[title]'),
      collapsible: document.querySelector('details, [aria-expanded]'),
      search: document.querySelector(SEARCHES),
      'site map': links.some((link) => SITE_MAP.test(link.textContent)),
    };
    return Object.keys(there).filter((way) => there[way]);
  }

  const none = { navigations: [], controls: [], blocks: [], ways: [] };
  function repeatedParts(hash) {
    try { return { navigations: navigations(), controls: controls(hash), blocks: blocks(hash), ways: ways() }; } catch { return none; }
  }
  globalThis.campusRepeated = { repeatedParts };
})();
