/* The recordings of a document: how long each is, whether it sounds, its tracks with their cues, and what text stands
   near. They are made to load (without sound) as by a visitor who plays them. `given.only` asks whether there are any. */
async (given) => {
  const { walk, visible, exposed, tidy, bounded, parentOf, pointAt } = campusAudit;
  const METADATA = 4000, PLAYED = 1500, TRACKS = 3000, FETCHED = 3000, MOST_BYTES = 16e6, MOST_BYTES_UNTIMED = 1e6, LONGEST = 300, INAUDIBLE = 0.002, NEAR = 4, MOST_TRACKS = 20;
  const PLAYERS = /^https?:\/\/([\w-]+\.)*(youtube(-nocookie)?\.com\/embed|player\.vimeo\.com|dailymotion\.com\/(embed|player)|geo\.dailymotion\.com|wistia\.(com|net)|kaltura\.com|panopto\.(com|eu)|loom\.com\/embed|arte\.tv\/embeds?|soundcloud\.com\/player|w\.soundcloud\.com|open\.spotify\.com\/embed|embed\.ted\.com)/i;
  const TRANSCRIPT = /transcri|trascri|transkri|abschrift|mitschrift|text version|version texte|texte intégral|textfassung|versión en texto|تفريغ|نص مكتوب/i;
  /* "This video says the same as the text below": a label of what is only another form of a text. */
  const TEXT = '(the|this|our|le|la|ce|cet|cette|du|der|des|dem|dieser|dieses|el|este|il|questo) (same )?(text|article|page|story|section|chapter|texte|section|seite|artikels?|texto|artículo|página|testo|articolo|pagina)';
  const ALTERNATIVE = new RegExp(`(video|film|audio|recording|spoken|read.?aloud|sign(ed)?.language|vidéo|filmée?|enregistrement|gebärden|aufnahme|grabación|registrazione)[^.!?]{0,60}(version|alternative|instead of|repeats|same (information|content|words|thing)|nothing more|reprend|répète|même (contenu|information)|wiederholt|dasselbe|fassung|versión|repite|versione|ripete)[^.!?]{0,30}${TEXT}`, 'iu');
  const DESCRIBED = /audio.?descri|described version|descriptive audio|audiodeskription|audiodescri|وصف صوتي/i;

  const isMedia = (element) => element.localName === 'video' || element.localName === 'audio';
  const heard = (element) => element.localName === 'video' ? visible(element) : visible(element) || element.autoplay;
  const backdrop = (element) => element.localName === 'video' && !element.controls && (element.muted || element.defaultMuted) && (element.autoplay || element.loop);

  const media = [], players = [];
  walk(document.documentElement, (element) => {
    if (isMedia(element) && heard(element) && exposed(element) && !backdrop(element)) media.push(element);
    if (element.localName === 'iframe' && PLAYERS.test(element.src) && visible(element) && exposed(element)
      && !players.some((one) => one.src === element.src)) players.push(element); // one recording, however often it is shown
    return true;
  });
  if (given.only) return media.length + players.length > 0;
  media.length = Math.min(media.length, given.most);
  players.length = Math.min(players.length, given.most);

  const until = (element, events, ready, limit) => new Promise((done) => {
    if (ready()) return done();
    const end = () => { clearTimeout(timer); for (const event of events) element.removeEventListener(event, look); done(); };
    const look = () => { if (ready()) end(); };
    const timer = setTimeout(end, limit);
    for (const event of events) element.addEventListener(event, look);
  });

  /* Whether the whole sound of a file is silence; false where that cannot be found out within the bounds. */
  async function silent(element) {
    try {
      const answer = await fetch(element.currentSrc, { signal: AbortSignal.timeout(FETCHED) });
      const most = element.duration <= LONGEST ? MOST_BYTES : MOST_BYTES_UNTIMED;
      if (!answer.ok || !(Number(answer.headers.get('content-length')) <= most)) return false;
      const decoded = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(await answer.arrayBuffer());
      for (let i = 0; i < decoded.numberOfChannels; i++) if (decoded.getChannelData(i).some((value) => Math.abs(value) > INAUDIBLE)) return false;
      return true;
    } catch {
      return false; // of another site, or in a form that cannot be read so
    }
  }

  /* "yes", "no", or "" where it did not come to playing. */
  async function sound(element) {
    const found = await decodes(element);
    return found === 'yes' && (await silent(element)) ? 'no' : found;
  }

  async function decodes(element) {
    if (element.readyState < 1) return '';
    if (!element.videoWidth || element.webkitAudioDecodedByteCount > 0) return 'yes';
    element.muted = true;
    element.play().catch(() => {});
    await until(element, ['timeupdate'], () => element.webkitAudioDecodedByteCount > 0 || element.currentTime > 0.3, PLAYED);
    const decoded = element.webkitAudioDecodedByteCount, played = element.webkitVideoDecodedByteCount > 0 && element.currentTime > 0;
    element.pause();
    return decoded > 0 ? 'yes' : played ? 'no' : '';
  }

  /* `state` as of HTMLTrackElement: 1 still loading, 2 loaded, 3 failed. */
  async function tracksOf(element) {
    const elements = [...element.querySelectorAll(':scope > track')].slice(0, MOST_TRACKS);
    await Promise.all(elements.map(async (one) => {
      if (one.track.mode === 'disabled') one.track.mode = 'hidden';
      await until(one, ['load', 'error'], () => one.readyState >= 2, TRACKS);
    }));
    const scripted = [...element.textTracks].filter((track) => !elements.some((one) => one.track === track)).slice(0, MOST_TRACKS);
    const brief = (track, state, source) => ({
      kind: track.kind, label: tidy(track.label), language: bounded(track.language, 40), state, source: bounded(source, 300),
      cues: track.cues?.length ?? 0, last: track.cues?.length ? Math.max(...[...track.cues].slice(-50).map((cue) => cue.endTime)) : 0,
    });
    return [...elements.map((one) => brief(one.track, one.readyState, one.getAttribute('src') || '')), ...scripted.map((track) => brief(track, 2, ''))];
  }

  const words = (text) => (text.match(/[\p{L}\p{N}]+/gu) || []).length;

  /* What stands near: links to a transcript or a described version, and the words of the text around it. */
  function near(element) {
    let around = element, text = '';
    for (let i = 0; i < NEAR && parentOf(around); i++) {
      around = parentOf(around);
      text = around.innerText || '';
      if (around === document.body || around.matches('main, article, section, figure, li') || words(text) > 60) break;
    }
    const links = [...around.querySelectorAll('a[href], button, summary, h1, h2, h3, h4, h5, h6')].filter(visible).map((one) => tidy(one.textContent + (one.getAttribute('aria-label') || '')));
    return {
      words: words(text), text: tidy(text), transcript: links.some((one) => TRANSCRIPT.test(one)),
      alternative: ALTERNATIVE.test(text), described: links.some((one) => DESCRIBED.test(one)), audios: [...around.querySelectorAll('audio')].filter((one) => one !== element && visible(one)).length,
    };
  }

  async function look(element) {
    if (element.preload !== 'auto') element.preload = 'auto';
    await until(element, ['loadedmetadata', 'error'], () => element.readyState >= 1 || !!element.error, METADATA);
    const duration = Number.isFinite(element.duration) ? element.duration : 0;
    const [sounds, tracks] = await Promise.all([sound(element), tracksOf(element)]);
    const kind = element.readyState && !element.videoWidth ? 'audio' : element.localName;
    const live = element.duration === Infinity && element.currentSrc.startsWith('blob:');
    return { kind, sound: sounds, duration, live, tracks, ...near(element) };
  }

  const seen = await Promise.all(media.map(look));
  const described = pointAt([...media, ...players]);
  return {
    media: seen.map((one, i) => ({ ...one, at: described[i] })),
    players: players.map((one, i) => ({ host: new URL(one.src).hostname, ...near(one), at: described[media.length + i] })),
    inPlayer: PLAYERS.test(location.href),
  };
}
