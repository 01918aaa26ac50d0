/* The pictures of a document that may hold text, what assistive technology is told of each, and the document's own text.
   `given.only` asks whether there are any. While pictures are taken everything else is hidden, so that text which
   merely lies over a picture is not read as its own. */
async (given) => {
  const { walk, visible, exposed, tidy, parentOf, boxOf, pointAt } = campusAudit;
  const MOST_TEXT = 60000, WAIT = 2000;
  const TOP = 200; // CSS pixels of a page in which its logo stands
  const CONTROLS = 'a[href], button, label, summary, [role="button"], [role="link"]';
  const PICTURES = 'img, input[type="image"], svg, canvas, object[data], embed[src]';
  const CAPTCHA = /captcha|(not|no) (a )?robot|security (code|check)|(type|enter) the (letters|characters|code|text)|code de sécurité|recopiez|sicherheitscode|código de seguridad|codice di sicurezza/i;
  const MARK = 'campus-pictured';

  function candidate(element) {
    if (!element.matches(PICTURES) || !visible(element)) return false;
    if (element.localName === 'svg' && element.querySelector('text, foreignObject')) return false; // that is text
    if (element.localName === 'object' && !/^image\//.test(element.type) && !/\.(png|jpe?g|gif|svg|webp)([?#]|$)/i.test(element.data)) return false;
    const { width, height } = element.getBoundingClientRect();
    return width >= 30 && height >= 12 && Math.max(width, height) >= 44;
  }

  const found = [];
  walk(document.documentElement, (element) => {
    if (!candidate(element)) return true;
    found.push(element);
    return false;
  });
  if (given.only) return found.length > 0;
  found.length = Math.min(found.length, given.most);

  for (const element of found) if (element.localName === 'img') element.loading = 'eager';
  const loading = found.filter((element) => element.localName === 'img' && !element.complete);
  await Promise.race([
    Promise.all(loading.map((element) => new Promise((done) => { element.onload = element.onerror = done; }))),
    new Promise((done) => setTimeout(done, WAIT)),
  ]);
  const shown = found.filter((element) => element.localName !== 'img' || (element.complete && element.naturalWidth > 1));

  const backdropOf = (element) => {
    for (let up = element; up; up = parentOf(up)) {
      const colour = getComputedStyle(up).backgroundColor;
      if (!/^rgba\(.*, 0(\.\d+)?\)$|^transparent$/.test(colour)) return colour;
    }
    return 'white';
  };
  const described = pointAt(shown);
  const pictures = shown.map((element, i) => {
    const role = (element.getAttribute('role') || '').trim().toLowerCase();
    const decorative = ['none', 'presentation'].includes(role) || (element.localName === 'img' && element.getAttribute('alt') === '');
    const name = described[i].name || tidy(element.getAttribute('alt'));
    return {
      at: described[i], kind: element.localName, box: boxOf(element), name,
      hidden: !exposed(element) || (!name && (decorative || ['svg', 'canvas'].includes(element.localName))),
      control: !!element.closest(CONTROLS),
      captcha: CAPTCHA.test(`${name} ${element.id} ${element.getAttribute('class') || ''} ${(element.currentSrc || element.src || '').slice(0, 500)} ${tidy(element.closest('form, fieldset')?.textContent).slice(0, 1000)}`),
      heading: !!element.closest('a[href]') && boxOf(element)[1] < TOP,
      logo: /logo|brand|wordmark/i.test([element, element.parentElement, element.closest('a')].map((one) => one && `${one.id} ${one.getAttribute('class') || ''}`).join(' ')
        + (element.currentSrc || element.src || '').split('/').pop() + name),
    };
  });
  const text = (document.body?.innerText || '').slice(0, MOST_TEXT);

  /* From here on the page shows pictures alone. It is a load of its own and thrown away afterwards. */
  const hide = `* { visibility: hidden !important } iframe, .${MARK}, .${MARK} * { visibility: visible !important }`;
  const roots = new Set([document]);
  for (const element of shown) {
    for (let up = element; up; up = parentOf(up)) roots.add(up.getRootNode());
    element.style.setProperty('background-color', backdropOf(element), 'important'); // what shines through it stays
    element.classList.add(MARK);
  }
  const sheet = new CSSStyleSheet(); // no element, which a page's own policy may refuse
  sheet.replaceSync(hide);
  for (const root of roots) if (root.adoptedStyleSheets) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return { pictures, text };
}
