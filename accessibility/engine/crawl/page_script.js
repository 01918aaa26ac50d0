/* Runs in an isolated world of every frame, beside axe: the page can neither see nor change it. */
(() => {
  const TEXT_LIMIT = 300, HTML_LIMIT = 1000, NODE_LIMIT = 1000, LINK_LIMIT = 5000, DEPTH_LIMIT = 60;
  const bounded = (text, limit) => (text.length > limit ? text.slice(0, limit - 1) + '…' : text);
  const tidy = (text) => bounded((text || '').replace(/\s+/g, ' ').trim(), TEXT_LIMIT);
  const parentOf = (node) => node.parentElement || (node.getRootNode().host ?? null);

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

  const LANDMARKS = { header: 'banner', nav: 'navigation', main: 'main', aside: 'complementary', footer: 'contentinfo',
    form: 'form', search: 'search' };
  const LANDMARK_ROLES = new Set(Object.values(LANDMARKS).concat('region'));
  const labelOf = (element) => {
    const by = (element.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean)
      .map((id) => element.getRootNode().getElementById?.(id)?.textContent || '').join(' ');
    return tidy(by || element.getAttribute('aria-label') || '');
  };
  const landmarkOf = (element) => {
    const role = element.getAttribute('role');
    if (role) return LANDMARK_ROLES.has(role) ? role : '';
    const tag = element.localName;
    if (tag === 'section' || tag === 'form') return labelOf(element) ? (tag === 'form' ? 'form' : 'region') : '';
    if ((tag === 'header' || tag === 'footer') && element.closest('article, aside, main, nav, section')) return '';
    return LANDMARKS[tag] || '';
  };

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
        if (/^https?:/i.test(href)) found.add(element.hasAttribute('download') ? `download:${href}` : href);
      }
      return true;
    });
    return [...found];
  }

  const canonical = () => document.querySelector('head link[rel~="canonical"][href]')?.href || '';

  function facts() {
    const timing = performance.getEntriesByType('navigation')[0];
    return {
      url: location.href, status: timing ? timing.responseStatus : 0, type: document.contentType, title: document.title, lang: document.documentElement.getAttribute('lang') || '',
      canonical: canonical(), links: links(), bytes: timing ? timing.decodedBodySize : 0,
      frames: document.querySelectorAll('iframe, frame, object, embed').length > 0 || window.length > 0, ...structure(),
    };
  }

  /* Waits until the page is calm and tells what is known of it: one call, because every call costs a millisecond. */
  async function settle(quiet, limit) {
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

  /* What is needed to recognise an element again: its ancestors, without ids, classes, positions or addresses. */
  const HELD = ['alt', 'aria-label', 'aria-labelledby', 'title', 'href', 'tabindex', 'role', 'aria-hidden', 'onclick', 'for'];
  function ancestry(element) {
    const path = [];
    for (let node = element; node && path.length < DEPTH_LIMIT; node = parentOf(node)) {
      const step = { tag: node.localName };
      const role = node.getAttribute('role'), landmark = landmarkOf(node), region = node.getAttribute('data-region');
      if (role) step.role = role;
      if (landmark) { step.landmark = landmark; step.label = labelOf(node); }
      if (region) step.region = region;
      path.push(step);
    }
    return path;
  }
  const WORDED = 'a, button, label, summary, [role="button"], [role="link"], [role="tab"], [role="menuitem"]';
  function own(element) {
    const kinds = new Set();
    if (element.matches(WORDED)) walk(element, (below) => {
      if (below === element) return true;
      if (['img', 'svg', 'input', 'select', 'textarea', 'button', 'a', 'video', 'audio', 'canvas'].includes(below.localName))
        kinds.add(below.localName);
      return kinds.size < 8;
    });
    return {
      type: element.getAttribute('type') || '', name: element.getAttribute('name') || '',
      held: HELD.filter((name) => element.hasAttribute(name)), kinds: [...kinds].sort(),
    };
  }
  const boxOf = (element) => {
    const box = element.getBoundingClientRect();
    return [box.x + scrollX, box.y + scrollY, box.width, box.height].map((n) => Math.round(n * 10) / 10);
  };
  function openingTag(element) {
    const html = element.outerHTML || '';
    return bounded(html, HTML_LIMIT);
  }
  function nameOf(element) {
    try { return tidy(axe.commons.text.accessibleText(element)); } catch { return ''; }
  }
  const selectorOf = (target) => target.map((part) => (Array.isArray(part) ? part.join(' >>> ') : part)).join(' ');

  function describe(element) {
    return { path: ancestry(element), own: own(element), box: boxOf(element), html: openingTag(element), name: nameOf(element) };
  }

  /* axe's answer cut down to what is kept; called with `elementRef: true` results. */
  function condense(results) {
    const impacts = Object.fromEntries(axe._audit.rules.map((rule) => [rule.id, rule.impact]));
    const brief = (rule, full) => ({
      id: rule.id, impact: impacts[rule.id] || rule.impact || 'moderate', tags: rule.tags, help: rule.help, url: rule.helpUrl,
      nodes: full ? rule.nodes.slice(0, NODE_LIMIT).map((node) => ({
        selector: selectorOf(node.target), impact: node.impact,
        message: bounded([...node.any, ...node.all, ...node.none].map((check) => check.message).join(' '), 600),
        ...(node.element ? describe(node.element) : { path: [], own: {}, box: null, html: node.html || '', name: '' }),
      })) : [],
    });
    axe.setup(document.documentElement);
    try {
      return {
        version: results.testEngine.version,
        failed: results.violations.map((rule) => brief(rule, true)),
        review: results.incomplete.map((rule) => brief(rule, true)),
        passed: results.passes.map((rule) => ({ id: rule.id, impact: impacts[rule.id] || 'moderate' })),
      };
    } finally {
      axe.teardown();
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
      selector: selectorFor(element), path: ancestry(element), shown: visible(element),
      focusable: element.getAttribute('tabindex') !== '-1',
      origin: [box.x + scrollX + element.clientLeft, box.y + scrollY + element.clientTop],
      address: element.src || '',
    };
  }

  globalThis.campusAudit = { walk, visible, tidy, calm, settle, holds, describe, condense, runInFrame, frameOwner,
    overlay, closeOverlay };
})();
