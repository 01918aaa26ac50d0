/* "speaks": whether a page's styles, scripts or texts know an orientation. "upright": notes how each text stands and what is
   shown; "sideways": the same, compared with it. */
(step) => {
  const MOST_TURNED = 3, MOST_RULES = 20000, LONGEST = 2000000, GRID = 5, COVERS = 15, NOTICE = 300, ASIDE = 60, FEW = 0.3;
  const { walk, parentOf, tidy, bounded, pointAt } = campusAudit;
  /* "Turn your device" in the languages that are met most. */
  const VERBS = 'rotate|turn|tilt|flip|pivot|tourne[rz]|pivote[rz]|faites pivoter|dreh\\w*|gira[r]?|gire|rotar|ruota\\w*|girar|rode|draai\\w*';
  const THINGS = 'device|phone|screen|tablet|mobile|appareil|téléphone|écran|tablette|gerät|handy|telefon|bildschirm|dispositivo|teléfono|telefono|pantalla|schermo|aparelho|toestel|landscape|portrait|paysage|querformat|hochformat';
  const ASKS = new RegExp(`(^|\\P{L})(${VERBS})(?!\\p{L})[^.!?]{0,40}?(^|\\P{L})(${THINGS})(?!\\p{L})|(${THINGS}) (mode|view) only|only (in|available in) (${THINGS})|(viewed|used|view|use)[^.!?]{0,30} in (landscape|portrait)`, 'iu');

  /* What WCAG names for an orientation that is essential, and the like. */
  const ESSENTIAL = /(?<!\p{L})(piano|cheques?|bank checks?|(deposit|scan|photograph) (a |the |your )?check|slide ?shows?|projector|television|virtual reality|VR|compass|spirit level|(driving|flight) (game|simulator)|chèques?|projecteur|diaporama|réalité virtuelle|boussole|klavier|scheck|beamer)(?!\p{L})/iu;

  const roots = () => {
    const found = [document];
    walk(document.documentElement, (element) => { if (element.shadowRoot) found.push(element.shadowRoot); return true; });
    return found;
  };
  function rulesSpeak(rules, budget) {
    for (const rule of rules) {
      if (--budget.left < 0) return false;
      if (rule.media && /orientation|aspect-ratio/i.test(rule.media.mediaText)) return true;
      const inner = rule.styleSheet ? rulesOf(rule.styleSheet) : rule.cssRules;
      if (inner?.length && rulesSpeak(inner, budget)) return true;
    }
    return false;
  }
  const rulesOf = (sheet) => { try { return sheet.cssRules; } catch { return null; } };
  function speaks() {
    const budget = { left: MOST_RULES };
    for (const root of roots())
      for (const sheet of [...root.styleSheets, ...root.adoptedStyleSheets]) {
        if (/orientation|aspect-ratio/i.test(sheet.media.mediaText)) return true;
        const rules = rulesOf(sheet);
        if (!rules || rulesSpeak(rules, budget)) return true; // of another site: it cannot be read, so the page is turned
      }
    const text = bounded(document.documentElement.textContent, LONGEST);
    return locks(text) || /orientationchange|orientation:|screen\.orientation/i.test(text) || ASKS.test(text);
  }
  const locks = (text) => /\borientation\s*(\?\.|\.)\s*lock\s*(\?\.)?\(|\blockOrientation\s*\(/.test(text);

  /* By how many degrees an element is turned around the axis towards the reader, its ancestors' turns included. */
  function angleOf(element) {
    let sum = 0;
    for (let up = element; up; up = above(up)) {
      const { transform, rotate } = getComputedStyle(up);
      if (transform !== 'none') sum += turnOf(new DOMMatrix(transform));
      if (rotate !== 'none') sum += turnOf(new DOMMatrix(rotateFunction(rotate)));
    }
    return sum;
  }
  const turnOf = (matrix) => (Math.atan2(matrix.m12, matrix.m11) * 180) / Math.PI;
  function rotateFunction(value) {
    const parts = value.split(' '), angle = parts.pop();
    if (!parts.length) return `rotate(${angle})`;
    const axis = { x: '1, 0, 0', y: '0, 1, 0', z: '0, 0, 1' }[parts[0]] ?? parts.join(', ');
    return `rotate3d(${axis}, ${angle})`;
  }

  /* The angle of every element around a text, the letters of those that hold some themselves, and what asks for a turn. */
  function stand() {
    const angles = new Map(), letters = new Map();
    let total = 0;
    for (const { element, node, rects } of campusReading.texts()) {
      if (!rects.length) continue;
      const many = tidy(node.data).length;
      total += many;
      letters.set(element, (letters.get(element) ?? 0) + many);
      for (let up = element; up && !angles.has(up); up = above(up)) angles.set(up, angleOf(up));
    }
    return { angles, letters, total, notice: notice(), size: [innerWidth, innerHeight] };
  }
  const above = (element) => element.assignedSlot ?? parentOf(element);

  /* What asks to turn the device, with how much of the window it covers. */
  function notice() {
    for (const { element, rects, chain } of campusReading.texts()) {
      if (chain.hidden || !rects.some((rect) => campusReading.inSight(campusReading.sight(rect, chain)))) continue;
      let asking = element;
      for (let up = element; up && up !== document.body && tidy(up.textContent).length <= tidy(element.textContent).length + ASIDE; up = parentOf(up)) asking = up;
      const text = tidy(asking.textContent);
      if (text.length < NOTICE && ASKS.test(text)) return { element: asking, text: bounded(text, 120), covers: covered(asking) >= COVERS };
    }
    return null;
  }
  function covered(element) {
    let hits = 0;
    for (let i = 1; i <= GRID; i++)
      for (let j = 1; j <= GRID; j++) {
        const top = document.elementFromPoint((innerWidth * i) / (GRID + 1), (innerHeight * j) / (GRID + 1));
        if (top && element.contains(top)) hits++;
      }
    return hits;
  }

  if (step === 'speaks') return speaks();
  const now = stand();
  if (step === 'upright') {
    globalThis.campusStand = now;
    return { size: now.size, locks: locks(bounded(document.documentElement.textContent, LONGEST)) };
  }
  const before = globalThis.campusStand;
  const round = (angle) => Math.round((((angle % 360) + 360) % 360) * 10) / 10;
  const otherwise = (element) => before.angles.has(element) && now.angles.has(element) && Math.abs(before.angles.get(element) - now.angles.get(element)) >= 1;

  /* The outermost elements that stand otherwise now, with the letters that do so with them. */
  const turned = new Map();
  for (const [element, many] of now.letters) {
    if (!otherwise(element)) continue;
    let outer = element;
    for (let up = above(element); up && otherwise(up); up = above(up)) outer = up;
    turned.set(outer, (turned.get(outer) ?? 0) + many);
  }
  const chosen = [...turned].sort((a, b) => b[1] - a[1]).slice(0, MOST_TURNED);

  /* A notice in one orientation alone, that covers the page or is nearly all of its text. */
  const notices = [[before, now, 'upright'], [now, before, 'sideways']].filter(([one, other]) =>
    one.notice && one.notice.element.isConnected && other.notice?.element !== one.notice.element && (one.notice.covers || one.total < FEW * other.total));
  const at = pointAt([...chosen.map(([element]) => element), ...notices.map(([one]) => one.notice.element)]);
  return {
    size: now.size, total: Math.max(now.total, 1), essential: ESSENTIAL.test(bounded(document.body?.textContent ?? '', 50000)),
    texts: chosen.map(([element, letters], i) => ({ at: at[i], letters, upright: round(before.angles.get(element)), sideways: round(now.angles.get(element)) })),
    notices: notices.map(([one, , when], i) => ({ at: at[chosen.length + i], text: one.notice.text, when })),
  };
}
