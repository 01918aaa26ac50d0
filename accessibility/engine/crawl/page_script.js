/* Runs in an isolated world of every frame, beside axe: the page can neither see nor change it. */
(() => {
  const TEXT_LIMIT = 300, HTML_LIMIT = 1000, NODE_LIMIT = 1000, LINK_LIMIT = 5000;
  const ADDRESS_LIMIT = 8000, SELECTOR_LIMIT = 2000, SHOWN_WHOLE = 30;
  const bounded = (text, limit) => (text.length > limit ? text.slice(0, limit - 1) + '…' : text);
  const tidy = (text) => bounded((text || '').replace(/\s+/g, ' ').trim(), TEXT_LIMIT);
  const { reader, parentOf, landmarkOf } = globalThis.campusRecognise;

  /* Leaving a page is our wish, not a visitor's: it shall neither send its last words nor ask whether to stay. */
  const silence = (event) => { if (event.type !== 'visibilitychange' || document.hidden) event.stopImmediatePropagation(); };
  for (const name of ['beforeunload', 'pagehide', 'unload', 'visibilitychange']) addEventListener(name, silence, true);

  /* When the document of a frame changed last; the main one is watched by `calm`. */
  let changed = 0;
  if (window.parent !== window)
    new MutationObserver(() => { changed = performance.now(); }).observe(document,
      { subtree: true, childList: true, attributes: true, characterData: true });

  /* Visits every element in document order, open shadow roots included. Stops when `visit` returns false. */
  function walk(root, visit) {
    const stack = [root];
    while (stack.length) {
      const element = stack.pop();
      if (element.nodeType === 1 && visit(element) === false) continue;
      const below = [...element.children];
      if (element.shadowRoot) below.unshift(...element.shadowRoot.children);
      for (let i = below.length - 1; i >= 0; i--) stack.push(below[i]);
    }
  }

  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };

  /* Whether assistive technology is meant to know of an element. */
  function exposed(element) {
    for (let up = element; up; up = parentOf(up)) if (up.getAttribute('aria-hidden') === 'true') return false;
    return true;
  }

  /* Resolves when the DOM has not changed for `quiet` ms, at the latest after `limit` ms. */
  function calm(quiet, limit) {
    return new Promise((resolve) => {
      let timer;
      const end = () => { observer.disconnect(); clearTimeout(last); clearTimeout(timer); resolve(true); };
      const again = () => { clearTimeout(timer); timer = setTimeout(end, quiet); };
      const observer = new MutationObserver(again);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
      const last = setTimeout(end, limit);
      again();
    });
  }

  /* A short, stable hash (cyrb53 by bryc, public domain). */
  function hash(text) {
    let a = 0xdeadbeef, b = 0x41c6ce57;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 2654435761);
      b = Math.imul(b ^ c, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return (b >>> 0).toString(16).padStart(8, '0') + (a >>> 0).toString(16).padStart(8, '0');
  }

  /* Landmark structure (names the template) and content (recognises the same page under another address). */
  function structure() {
    const landmarks = [], content = [];
    const skipped = new Set(['script', 'style', 'noscript', 'template', 'link', 'meta', 'svg']);
    walk(document.body || document.documentElement, (element) => {
      if (skipped.has(element.localName)) return false;
      const landmark = landmarkOf(element);
      if (landmark && landmark !== 'region') {
        let depth = 0;
        for (let up = parentOf(element); up; up = parentOf(up)) if (landmarkOf(up)) depth++;
        landmarks.push(`${depth}${landmark}`);
      }
      content.push(element.localName);
      for (const name of ['alt', 'role', 'aria-label', 'title', 'for', 'type'])
        if (element.hasAttribute(name)) content.push(`${name}=${element.getAttribute(name)}`);
      for (const child of element.childNodes)
        if (child.nodeType === 3 && child.data.trim()) content.push(child.data.trim().replace(/\s+/g, ' '));
      return true;
    });
    const shape = landmarks.filter((mark, i) => mark !== landmarks[i - 1]).join(' ');
    return { template: hash(shape), content: hash(`${document.title}\n${content.join('\n')}`) };
  }

  function links() {
    const found = new Set();
    walk(document.documentElement, (element) => {
      if (found.size >= LINK_LIMIT) return false;
      if ((element.localName === 'a' || element.localName === 'area') && element.hasAttribute('href')) {
        const href = typeof element.href === 'string' ? element.href : element.href?.baseVal || '';
        if (/^https?:/i.test(href) && href.length <= ADDRESS_LIMIT) found.add(element.hasAttribute('download') ? `download:${href}` : href);
      }
      return true;
    });
    return [...found];
  }

  const canonical = () => document.querySelector('head link[rel~="canonical"][href]')?.href || '';

  const titleOf = () => bounded(document.title, 2 * HTML_LIMIT);
  const navigation = () => performance.getEntriesByType('navigation')[0];

  function facts() {
    const timing = navigation();
    return {
      url: bounded(location.href, ADDRESS_LIMIT), status: timing ? timing.responseStatus : 0, type: document.contentType,
      title: titleOf(), lang: bounded(document.documentElement?.getAttribute('lang') || '', TEXT_LIMIT),
      bytes: timing ? timing.decodedBodySize : 0, canonical: bounded(canonical(), ADDRESS_LIMIT), links: links(), ...structure(),
      parts: globalThis.campusRepeated.repeatedParts(hash),
    };
  }

  /* What is known of a frame; `calm` is for how many ms nothing has changed since it was loaded, -1 while it loads. */
  function frameFacts() {
    const timing = navigation(), complete = document.readyState === 'complete';
    return {
      status: timing ? timing.responseStatus : 0, type: document.contentType,
      calm: complete ? performance.now() - Math.max(changed, timing ? timing.loadEventEnd : 0) : -1,
    };
  }

  /* In a frame without scripts (sandbox) no timer ever rings, and axe waits for one between its rules. */
  const tick = () => new Promise((done) => setTimeout(() => done(true), 0));
  function withoutTimers() {
    globalThis.setTimeout = (callback) => { Promise.resolve().then(callback); return 0; };
    return true;
  }

  const loaded = () => document.readyState === 'complete' || new Promise((done) => addEventListener('load', done));

  /* Waits until the page is loaded and calm and tells what is known of it: one call, because every call costs a millisecond. */
  async function settle(quiet, limit) {
    await loaded();
    await calm(quiet, limit);
    if (await wakeLazyFrames()) await calm(quiet, limit);
    return { ...facts(), overlay: overlay() !== null };
  }

  const holds = (selector) => { try { return !!document.querySelector(selector); } catch { return false; } };

  /* Loads frames that wait for being scrolled to. */
  async function wakeLazyFrames() {
    const lazy = [...document.querySelectorAll('iframe[loading="lazy"]')].filter(visible).slice(0, 30);
    for (const frame of lazy) {
      frame.scrollIntoView();
      await new Promise((done) => setTimeout(done, 50));
    }
    if (lazy.length) window.scrollTo(0, 0);
    return lazy.length;
  }

  const boxOf = (element) => {
    const box = element.getBoundingClientRect();
    return [box.x + scrollX, box.y + scrollY, box.width, box.height].map((n) => Math.round(n * 10) / 10);
  };
  /* The element with what it holds, or its own tag only where that is much. */
  function htmlOf(element) {
    const small = element.getElementsByTagName('*').length <= SHOWN_WHOLE;
    return bounded((small ? element : element.cloneNode(false)).outerHTML || '', HTML_LIMIT);
  }
  function nameOf(element) {
    try { return tidy(axe.commons.text.accessibleText(element)); } catch { return ''; }
  }
  const selectorOf = (target) =>
    bounded(target.map((part) => (Array.isArray(part) ? part.join(' >>> ') : part)).join(' '), SELECTOR_LIMIT);

  function describe(element, read) {
    return { path: read.ancestry(element), own: read.own(element), box: boxOf(element), html: htmlOf(element), name: nameOf(element) };
  }

  /* The element of a result: axe gives it for the page itself, for a frame only its selector. */
  function elementOf(node) {
    if (node.element) return node.element;
    let root = document, element = null;
    for (const part of [node.target[node.target.length - 1]].flat()) {
      element = root?.querySelector(part) ?? null;
      root = element?.shadowRoot;
    }
    return element;
  }

  /* The rules of which axe was in doubt here, undefined before it has run: asked by checks that go on from there. */
  let doubts;
  const doubtful = (rule) => doubts?.has(rule);

  /* axe's answer cut down to what is kept; called with `elementRef: true` results. */
  function condense(results) {
    doubts = new Set(results.incomplete.map((rule) => rule.id));
    const impacts = Object.fromEntries(axe._audit.rules.map((rule) => [rule.id, rule.impact]));
    const read = reader();
    const brief = (rule, full) => ({
      id: rule.id, impact: impacts[rule.id] || rule.impact || 'moderate', tags: rule.tags, help: rule.help, url: rule.helpUrl,
      nodes: full ? rule.nodes.slice(0, NODE_LIMIT).map((node) => ({
        selector: selectorOf(node.target), impact: node.impact,
        message: bounded([...node.any, ...node.all, ...node.none].map((check) => check.message).join(' '), 600),
        ...(elementOf(node) ? describe(elementOf(node), read) : { path: [], own: {}, box: null, html: bounded(node.html || '', HTML_LIMIT), name: '' }),
      })) : [],
    });
    const described = results.violations.length + results.incomplete.length > 0;
    if (described) axe.setup(document.documentElement); // for the accessible names
    try {
      return {
        version: results.testEngine.version,
        failed: results.violations.map((rule) => brief(rule, true)),
        review: results.incomplete.map((rule) => brief(rule, true)),
        passed: results.passes.map((rule) => ({ id: rule.id, impact: impacts[rule.id] || 'moderate' })),
      };
    } finally {
      if (described) axe.teardown();
    }
  }

  /* Runs axe in a frame as a part of the page, not as a page of its own: rules for whole pages stay silent. */
  async function runInFrame(options, focusable) {
    const size = { width: innerWidth, height: innerHeight };
    const partial = await axe.runPartial({ include: [[':root']], initiator: false, focusable, size }, options);
    return axe.finishRun([partial], options);
  }

  /* The dialog, tour or banner that hides the page: modal, or on top of two fifths of the window. */
  const DIALOGS = 'dialog[open], [role="dialog"], [role="alertdialog"], [aria-modal="true"]';
  const BANNERS = '[id*="cookie" i], [class*="cookie" i], [id*="consent" i], [class*="consent" i], [class*="tour" i], [id*="tour" i], [class*="modal" i], [class*="overlay" i]';
  const fixed = (element) => ['fixed', 'sticky'].includes(getComputedStyle(element).position);
  function covers(element) {
    let hits = 0;
    for (let i = 1; i <= 5; i++)
      for (let j = 1; j <= 5; j++) {
        let top = document.elementFromPoint((innerWidth * i) / 6, (innerHeight * j) / 6);
        while (top && top !== element) top = parentOf(top);
        if (top) hits++;
      }
    return hits >= 10;
  }
  function hidesPage(element) {
    if (!visible(element)) return false;
    if (element.matches('dialog:modal') || element.getAttribute('aria-modal') === 'true') return true;
    const main = document.querySelector('main, [role="main"]');
    if (main && !main.contains(element) && main.closest('[inert], [aria-hidden="true"]')) return true;
    return covers(element);
  }
  function overlay() {
    const banners = [...document.querySelectorAll(BANNERS)].filter((element) => fixed(element));
    return [...document.querySelectorAll(DIALOGS), ...banners].find(hidesPage) || null;
  }

  /* Buttons that close, the least consequential first: refuse, close, go on, and only then accept. */
  const CLOSERS = [
    /\b(reject|decline|refuse|necessary|essential|refuser|rejeter|ablehnen|rechazar|rifiuta|recusar)\b/i,
    /\b(close|dismiss|fermer|schlie(ss|ß)en|cerrar|chiudi|fechar)\b|^[×✕✖x]$/i,
    /\b(got it|skip|end tour|no,? thanks|not now|later|ok|okay|understood|continue|compris|passer|plus tard|continuer|weiter|entendido|ho capito)\b/i,
    /\b(accept|agree|allow|accepter|akzeptieren|aceptar|accetta|aceitar)\b/i,
  ];
  function closeOverlay() {
    const found = overlay();
    if (!found) return false;
    const buttons = [...found.querySelectorAll('button, [role="button"], input[type="button"], a[href^="#"]')].filter(visible);
    for (const pattern of CLOSERS) {
      const button = buttons.find((one) => pattern.test(one.getAttribute('aria-label') || one.textContent.trim() || one.value || one.title || ''));
      if (button) { button.click(); return true; }
    }
    return false;
  }

  /* What a finding needs of each element: where it is, what it is, and how it is recognised again. */
  function pointAt(elements) {
    if (!elements.length) return [];
    const read = reader();
    axe.setup(document.documentElement);
    try {
      return elements.map((element) => ({ selector: selectorOf([axe.utils.getSelector(element)]), ...describe(element, read) }));
    } finally {
      axe.teardown();
    }
  }

  /* Called on the element that owns a frame, in the world of its parent. */
  function selectorFor(element) {
    axe.setup(document.documentElement);
    try {
      return selectorOf([axe.utils.getSelector(element)]);
    } finally {
      axe.teardown();
    }
  }
  function frameOwner(element) {
    const box = element.getBoundingClientRect();
    return {
      address: bounded(element.src || element.data || '', ADDRESS_LIMIT), selector: selectorFor(element), path: reader().ancestry(element),
      shown: visible(element) && element.clientWidth > 1 && element.clientHeight > 1,
      focusable: element.getAttribute('tabindex') !== '-1',
      origin: [box.x + scrollX + element.clientLeft, box.y + scrollY + element.clientTop],
    };
  }

  globalThis.campusAudit = { walk, visible, exposed, elementOf, tidy, bounded, calm, settle, holds, describe, pointAt, boxOf, nameOf, htmlOf, parentOf, condense, doubtful, runInFrame, frameOwner,
    frameFacts, tick, withoutTimers, titleOf, overlay, closeOverlay };
})();
