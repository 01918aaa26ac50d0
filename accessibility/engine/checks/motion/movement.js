/* Begins to watch what moves, blinks or updates in a document; `globalThis.campusMoves` then tells.
   Elements that something changed are looked at four times a second: their text, place and visibility. */
() => {
  const { visible, boxOf, parentOf, pointAt, bounded, walk } = campusAudit;
  const LOOK_MS = 250, MOST_WATCHED = 150, MOST_TOLD = 12, LASTING_MS = 5000, MOST_IMAGES = 40, MOST_WALKED = 4000;
  const MOVING = ['transform', 'translate', 'rotate', 'scale', 'left', 'right', 'top', 'bottom', 'margin', 'width', 'height',
    'backgroundPosition', 'offsetDistance', 'offsetPath', 'opacity', 'visibility', 'display', 'inset', 'clipPath', 'strokeDashoffset', 'objectPosition'];
  const LOADING = /load|spin|progress|skeleton|shimmer|busy|placeholder|pending/i;
  const watched = new Map();
  let dirty = new Set();

  function look(element) {
    const style = getComputedStyle(element);
    return {
      text: bounded(element.textContent, 400),
      place: [...boxOf(element), Math.round(style.opacity * 5), style.visibility, style.display, style.backgroundPosition,
        bounded(element.getAttribute('src') || '', 300)].join(' '),
    };
  }
  const fresh = () => ({ text: null, place: null, kinds: {}, children: new Set(), first: 0, last: 0, count: 0, longest: 0 });
  function known(element) {
    if (!watched.has(element) && watched.size < MOST_WATCHED) watched.set(element, fresh());
    return watched.get(element);
  }
  function count(one, time) {
    one.longest = Math.max(one.longest, one.last ? time - one.last : 0);
    Object.assign(one, { first: one.first || time, last: time, count: one.count + 1 });
  }
  /* Whether something about an element changed that can be seen; the first time it cannot be told what. */
  function note(element, time) {
    const now = look(element), one = known(element);
    const kinds = one ? ['text', 'place'].filter((kind) => one[kind] !== now[kind]) : [];
    if (!kinds.length) return false;
    if (one.count) for (const kind of kinds) one.kinds[kind] = true;
    Object.assign(one, now);
    count(one, time);
    return true;
  }
  const own = new Set(); // those that changed themselves, not only what is in them
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target.nodeType === 1 ? target : target.parentElement;
      if (element && element !== document.documentElement && element !== document.body && !element.closest('head')) dirty.add(element);
    }
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  setInterval(() => {
    const now = [...dirty].slice(0, MOST_WATCHED), time = performance.now(), parents = new Set();
    dirty = new Set();
    for (const element of now) {
      if (!element.isConnected || !note(element, time)) continue;
      own.add(element);
      const parent = parentOf(element);
      if (!parent || parent === document.body || now.includes(parent)) continue;
      known(parent)?.children.add(element);
      parents.add(parent);
    }
    for (const parent of parents) if (watched.has(parent)) count(watched.get(parent), time);
  }, LOOK_MS);

  const onPage = (element) => {
    const [x, y, width, height] = boxOf(element);
    return visible(element) && x + width > 0 && y + height > 0;
  };
  const near = (element) => { const chain = []; for (let up = element; up && chain.length < 4; up = parentOf(up)) chain.push(up); return chain; };
  const loading = (element) => !!element.closest('[role="progressbar"], [aria-busy="true"], progress') ||
    near(element).some((up) => up !== document.body && LOADING.test(`${up.id} ${up.getAttribute('class') ?? ''}`));
  const clock = (element) => !!element.closest('time, [role="timer"], [role="log"], [role="status"], [aria-live]') || /\d{1,2}\s?[:h]\s?\d{2}/.test(element.textContent);
  /* Whether following it may be the very activity: an exercise, a metronome, a game, a simulation. */
  const FOLLOWED = /(?<!\p{L})(breathe|breathing|metronome|exercise|games?|simulation|simulator|stopwatch|timer|reaction|respire[rz]?|respiration|métronome|exercice|jeux?|chronomètre|atem\w*|übung|spiel)(?!\p{L})/iu;
  const followed = (element) => near(element).some((up) => up !== document.body && !up.matches('main') && FOLLOWED.test(
    `${up.id} ${up.getAttribute('class') ?? ''} ${up.getAttribute('aria-label') ?? ''} ${up.textContent.length < 600 ? up.innerText ?? '' : ''}`));
  /* Whether something else is there to be read meanwhile. */
  const beside = (element) => window.parent !== window ||
    (document.body?.innerText ?? '').replace(element.innerText ?? '', '').trim().length >= 20;

  /* Whether a property has another value in some keyframe; a shade of opacity is nothing to see. */
  function differs(name, frames) {
    const values = frames.map((frame) => frame[name]).filter((value) => value !== undefined);
    if (name === 'opacity') return Math.max(1 * (values.length < frames.length), ...values) - Math.min(...values) >= 0.3;
    return values.length < frames.length || new Set(values).size > 1;
  }
  /* Animations of the style sheet or of a script that run for more than five seconds and move or blink. */
  function animations() {
    const found = [];
    for (const animation of document.getAnimations().slice(0, 300)) {
      const { effect } = animation, element = effect?.target;
      if (animation.playState !== 'running' || !element || !(animation.timeline instanceof DocumentTimeline)) continue;
      if (effect.getComputedTiming().endTime <= LASTING_MS || !visible(element)) continue;
      const frames = effect.getKeyframes(), names = new Set(frames.flatMap(Object.keys));
      if ([...names].some((name) => MOVING.some((one) => name.startsWith(one)) && differs(name, frames))) found.push({ kind: 'animation', element, pseudo: effect.pseudoElement || '' });
    }
    return found;
  }
  const playing = (video) => !video.paused && !video.ended && video.readyState > 2 && (video.loop || !(video.duration <= LASTING_MS / 1000));
  const videos = () => [...document.querySelectorAll('video')].filter((video) => playing(video) && !video.controls && visible(video))
    .map((element) => ({ kind: 'video', element }));
  const marquees = () => [...document.querySelectorAll('marquee')]
    .filter((element) => visible(element) && element.textContent.trim() && !(element.loop > 0) && element.scrollAmount > 0)
    .map((element) => ({ kind: 'marquee', element }));
  /* Drawings; only who looks at what is painted can tell whether they move. */
  const drawings = () => [...document.querySelectorAll('canvas, object, embed')].filter(visible).map((element) => ({ kind: 'drawing', element }));
  function changing(span, times) {
    const goesOn = (one) => one.count >= times && one.last - one.first >= span && performance.now() - one.last < one.longest + 2500;
    return [...watched]
      .filter(([element, one]) => element.isConnected && goesOn(one) && (own.has(element) || one.children.size > 1) && onPage(element))
      .map(([element, one]) => ({ kind: one.kinds.text ? 'text' : 'script', element, pause: one.longest }));
  }

  /* Visible pictures that may hold several frames; their files are looked at elsewhere. */
  function images() {
    const found = [];
    let walked = 0;
    walk(document.body ?? document.documentElement, (element) => {
      if (++walked > MOST_WALKED || found.length >= MOST_IMAGES) return false;
      const url = element.localName === 'img' ? element.currentSrc : /url\("(.+?)"\)/.exec(getComputedStyle(element).backgroundImage)?.[1];
      if (url && url.length < 2e6 && visible(element)) found.push({ kind: 'image', element, url });
      return true;
    });
    return found;
  }

  let told = [];
  function outermost(found) {
    const kept = [], seen = new Set();
    for (const one of found.filter(({ element }) => onPage(element))) {
      const alike = `${one.kind} ${one.element.localName} ${one.element.getAttribute('class') ?? ''} ${one.pseudo ?? ''}`;
      if (seen.has(alike) || found.some((other) => other.element !== one.element && other.kind === one.kind && other.element.contains(one.element))) continue;
      seen.add(alike);
      kept.push(one);
    }
    return kept.slice(0, MOST_TOLD);
  }
  const still = (one) => one.element.isConnected && visible(one.element) && ({
    animation: () => animations().some(({ element }) => element === one.element),
    video: () => playing(one.element), marquee: () => marquees().some(({ element }) => element === one.element),
    image: () => true, drawing: () => true, text: () => recently(one), script: () => recently(one),
  })[one.kind]();
  const recently = (one) => performance.now() - watched.get(one.element).last < one.pause * 1.5 + 600;

  globalThis.campusMoves = {
    /* Whether something has changed again, so that it is worth going on. */
    restless: () => changing(0, 2).length > 0,
    /* Whether anything goes on that could flash, if only in its colours. */
    running: () => document.getAnimations().some(({ playState }) => playState === 'running') || videos().length + marquees().length > 0 ||
      [...document.images].some(({ currentSrc }) => /gif|webp|apng/i.test(currentSrc.slice(0, 500))),
    images: () => { told = images(); return told.map(({ url }) => url); },
    /* What moves for more than five seconds; `animated` are indexes of `images`,
       `painted` says that something is painted all the time. */
    tell: (animated, painted, span, times) => {
      const pictures = animated.map((i) => told[i]).filter(Boolean);
      const known = [...animations(), ...videos(), ...marquees(), ...pictures, ...changing(span, times)];
      told = outermost(known.length || !painted ? known : drawings());
      const described = pointAt(told.map(({ element }) => element));
      return told.map(({ kind, element, pause }, i) => ({
        kind, pause: pause ?? 0, loading: loading(element), essential: (kind === 'text' && clock(element)) || followed(element), beside: beside(element), at: described[i],
      }));
    },
    still: () => told.filter(still).length,
  };
  return true;
}
