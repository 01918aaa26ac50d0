/* Changes a page as a reload, an editor or a framework would: everything the key must not see. Markers stay as they are.
   data-suite-list: children that may change their order and become more ("order": only their order).
   data-suite-flow: boxes into which unrelated things may be put. */
(seed) => {
  let state = (seed + 1) * 2654435761 >>> 0;
  const random = () => { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(random() * n);
  const pick = (list) => list[below(list.length)];
  const word = () => `${pick(['css', 'x', 'sc', 'ember', 'yui'])}-${below(1e9).toString(36)}${below(1e6)}`;
  const shuffled = (list) => {
    const all = [...list];
    for (let i = all.length - 1; i > 0; i--) { const j = below(i + 1); [all[i], all[j]] = [all[j], all[i]]; }
    return all;
  };
  const roots = [document];
  for (let i = 0; i < roots.length; i++)
    for (const element of roots[i].querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
  const everywhere = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);

  const number = (old) => String(below(10 ** Math.min(6, Math.max(1, old.length + below(3) - 1))));
  const numbers = (text) => text.replace(/\d+/g, number);
  const MONTHS = ['January', 'March', 'May', 'June', 'October'], DAYS = ['Monday', 'Tuesday', 'Friday'];
  const dates = (text) => numbers(text.replace(/\b(May|June|July|March|April)\b(?= \d| *,)|(?<=\d )\b(May|June|July|March|April)\b/g, () => pick(MONTHS))
    .replace(/\b(Monday|Tuesday)\b/g, () => pick(DAYS)));

  function grow() {
    for (const list of everywhere('[data-suite-list]')) {
      const items = [...list.children];
      if (list.dataset.suiteList !== 'order' && items.length && !list.querySelector('iframe')) for (let n = below(3); n > 0; n--) {
        const copy = pick(items).cloneNode(true);
        list.insertBefore(copy, pick([...list.children, null]));
      }
      if (random() < 0.7) for (const child of shuffled(list.children)) list.moveBefore(child, null); // frames stay loaded
    }
  }

  const make = (html) => { const box = document.createElement('div'); box.innerHTML = html; return box.firstElementChild; };
  const STRANGERS = [
    () => make(`<div class="${word()}">Maintenance on ${below(30)} May</div>`),
    () => make(`<p>Another ${below(99)} words about nothing.</p>`),
    () => make(`<div class="${word()}"><a href="/ad/${below(99)}"><img src="/i/ad.gif" alt="Advert ${below(9)}"></a><span>Advert</span></div>`),
    () => make(`<aside class="${word()}"><p>Did you know ${below(99)}?</p></aside>`),
    () => make(`<div class="${word()}"><h2>Special ${below(9)}</h2><p>Only today</p><a href="/s">See it</a></div>`),
    () => make(`<div><div><p>Note ${below(9)}</p></div></div>`),
    () => make(`<section><h3>Hint</h3><p>Hint ${below(9)}</p></section>`),
    () => make('<hr>'),
  ];
  function strangers() {
    for (const flow of everywhere('[data-suite-flow], body'))
      for (let n = below(3); n > 0; n--) flow.insertBefore(pick(STRANGERS)(), pick([...flow.children].concat(null)));
  }
  const EXTRAS = [
    () => make('<span style="color:#000">New</span>'), () => make(`<p style="color:#000">Extra ${below(99)}</p>`), () => make(`<button type="button">Keep ${below(9)}</button>`),
    () => make(`<a href="/more?x=${below(99)}">More</a>`), () => make('<ul><li style="color:#000">tag</li></ul>'), () => make('<div><span style="color:#000">Badge</span></div>'),
  ];
  function extras() {
    for (const item of everywhere('[data-suite-list]:not([data-suite-list="order"]) > *'))
      if (item.matches('li, article, div') && !item.matches('[data-suite-plain]') && random() < 0.15) item.insertBefore(pick(EXTRAS)(), pick([...item.children, null]));
  }

  function identities() {
    for (const root of roots) {
      const fresh = new Map();
      for (const element of root.querySelectorAll('[id]')) {
        if (!fresh.has(element.id)) fresh.set(element.id, word());
        element.id = fresh.get(element.id);
      }
      const REFERENCES = ['for', 'headers', 'list', 'form', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details'];
      for (const name of REFERENCES) for (const element of root.querySelectorAll(`[${name}]`))
        element.setAttribute(name, element.getAttribute(name).split(/\s+/).map((id) => fresh.get(id) || id).join(' '));
      for (const link of root.querySelectorAll('a[href^="#"]')) {
        const target = link.getAttribute('href').slice(1);
        if (fresh.has(target)) link.setAttribute('href', `#${fresh.get(target)}`);
      }
      for (const element of root.querySelectorAll('[class]'))
        element.className.baseVal === undefined && (element.className = Array.from({ length: 1 + below(3) }, word).join(' '));
    }
  }
  function texts() {
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), nodes = [];
      while (walker.nextNode()) nodes.push(walker.currentNode);
      for (const node of nodes) if (/\d/.test(node.data) && !['STYLE', 'SCRIPT'].includes(node.parentElement?.tagName)) node.data = dates(node.data);
      for (const element of root.querySelectorAll('[aria-label], [title], [alt], [placeholder], [name]'))
        for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'name'])
          if (element.hasAttribute(name) && !element.matches('meta, map')) element.setAttribute(name, dates(element.getAttribute(name)));
    }
  }
  function attributes() {
    for (const element of everywhere('body *')) {
      if (element.matches('iframe')) continue; // would load again
      for (const name of ['href', 'src'])
        if (/[?]/.test(element.getAttribute(name) || '')) element.setAttribute(name, `${element.getAttribute(name).split('?')[0]}?v=${below(1e6)}`);
      if (random() < 0.2) element.style.setProperty('letter-spacing', `${below(9) / 100}px`);
      if (random() < 0.2) element.setAttribute('data-v', word());
      const all = [...element.attributes].map((one) => [one.name, one.value]);
      for (const [name] of all) element.removeAttribute(name);
      for (const [name, value] of shuffled(all)) element.setAttribute(name, value);
    }
  }
  grow(); extras(); strangers(); texts(); identities(); attributes();
  return true;
}
