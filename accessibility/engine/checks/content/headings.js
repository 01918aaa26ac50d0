/* The headings that have no name, that look like left-over sample text, or whose section speaks of something else. */
(given) => {
  const { walk, pointAt, bounded } = campusAudit;
  const MOST = 300, REPORTED = 30, SECTION = 400;
  const certain = new RegExp(given.certain, 'iu'), possible = new RegExp(given.possible, 'iu');
  const topics = given.topics.map(([name, title, words]) => ({ name, title: new RegExp(title, 'iu'), words: new RegExp(words, 'giu') }));
  const GLOBAL = ['aria-label', 'aria-labelledby', 'aria-describedby', 'aria-live', 'aria-controls', 'aria-owns'];

  function isHeading(element) {
    const role = seen.roleOf(element);
    if (role === 'heading') return true;
    if (!/^h[1-6]$/.test(element.localName)) return false;
    const ignored = (role === 'none' || role === 'presentation') && (GLOBAL.some((name) => element.hasAttribute(name)) || element.tabIndex >= 0);
    return !role || ignored;
  }

  /* What assistive technology says of it at a glance; where that is nothing, axe computes the name. */
  function said(element) {
    const named = element.getAttribute('aria-label') || seen.referenced(element, 'aria-labelledby').map((one) => one.textContent).join(' ');
    if (named.trim()) return seen.squeeze(named);
    let text = '';
    (function read(node) {
      if (text.length > 300) return;
      if (node.nodeType === 3) { text += node.data; return; }
      if (node.nodeType !== 1 || /^(script|style|template)$/.test(node.localName)) return;
      if (node !== element && (node.getAttribute('aria-hidden') === 'true' || !node.checkVisibility({ visibilityProperty: true }))) return;
      text += node.localName === 'br' ? ' ' : node.getAttribute('aria-label') || (node.localName === 'img' && !/^(none|presentation)$/.test(seen.roleOf(node)) && node.alt) || '';
      for (const child of (node.shadowRoot || node).childNodes) read(child);
    })(element);
    return seen.squeeze(text);
  }

  const drawn = (element) => [element, ...element.querySelectorAll('*')].slice(0, 50).some((one) =>
    ['::before', '::after'].some((part) => /\w/.test(getComputedStyle(one, part).content.replace(/^(none|normal)$/, ''))));
  const pictured = (element) => [...element.querySelectorAll('img, svg, canvas, video, object')].slice(0, 20).some(
    (one) => campusAudit.visible(one) && !one.closest('[role="none"]:not(img)'));

  /* The text between a heading and the next one. */
  function sectionOf(heading, headings) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      heading.contains(node) && node !== heading ? NodeFilter.FILTER_REJECT : /^(SCRIPT|STYLE|TEMPLATE|NAV)$/.test(node.nodeName) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    walker.currentNode = heading;
    let text = '';
    for (let node = walker.nextSibling() || walker.nextNode(); node && text.length < SECTION; node = walker.nextNode()) {
      if (node.nodeType === 3) text += ` ${node.data}`;
      else if (headings.has(node)) break;
    }
    return seen.squeeze(text).slice(0, SECTION);
  }
  const told = (topic, text) => new Set((text.match(topic.words) || []).map((word) => word.toLowerCase())).size;
  function otherTopic(heading, text, headings) {
    const own = topics.find((topic) => topic.title.test(text));
    if (!own) return '';
    const section = sectionOf(heading, headings);
    if (!section || told(own, section) || own.title.test(section)) return '';
    return topics.some((topic) => topic !== own && told(topic, section) > 1) ? section : '';
  }

  const headings = new Set();
  walk(document.documentElement, (element) => {
    if (headings.size < MOST && isHeading(element) && seen.exposed(element)) headings.add(element);
    return true;
  });
  const found = [];
  for (const element of headings) {
    const text = said(element);
    if (!text) {
      if (drawn(element)) continue;
      found.push({ element, what: 'empty', text: seen.text(element), pictured: pictured(element), sized: element.offsetHeight > 1 && element.offsetWidth > 1 });
    } else if (certain.test(text)) found.push({ element, what: 'filler', text });
    else if (possible.test(text)) found.push({ element, what: 'perhaps filler', text });
    else {
      const section = otherTopic(element, text, headings);
      if (section) found.push({ element, what: 'other topic', text, section: bounded(section, 150) });
    }
    if (found.length >= REPORTED) break;
  }
  const at = pointAt(found.map(({ element }) => element));
  return { judged: headings.size, found: found.map(({ element, ...rest }, i) => ({ ...rest, text: bounded(rest.text, 200), at: at[i] })) };
}
