/* Begins to listen to the audio and video of a document; `globalThis.campusSounds` then tells, and whether it goes on. */
() => {
  const { walk, visible, pointAt } = campusAudit;
  const LISTEN_MS = 200, MOST = 20;
  const media = [];
  walk(document.documentElement, (element) => {
    if (element instanceof HTMLMediaElement && media.length < MOST) media.push({ element, ms: 0, at: element.currentTime, peak: null, tap: null });
    return true;
  });
  const audible = ({ element }) => !element.paused && !element.ended && !element.muted && element.volume > 0 && element.webkitAudioDecodedByteCount > 0;

  /* How loud it is, 0 to 1, by a copy of its stream; null where the browser does not let us hear it. */
  function listen(one) {
    try {
      if (!one.tap) {
        const stream = one.element.captureStream();
        if (!stream.getAudioTracks().length) return;
        const context = new AudioContext(), tap = context.createAnalyser();
        context.createMediaStreamSource(stream).connect(tap);
        one.tap = tap;
      }
      const samples = new Float32Array(one.tap.fftSize);
      one.tap.getFloatTimeDomainData(samples);
      one.peak = Math.max(one.peak ?? 0, ...samples.map(Math.abs));
    } catch { /* a recording of another site: nobody may listen */ }
  }
  const timer = setInterval(() => {
    for (const one of media) {
      const moved = one.element.currentTime !== one.at;
      one.at = one.element.currentTime;
      if (!moved || !audible(one)) continue;
      one.ms += LISTEN_MS;
      listen(one);
    }
  }, LISTEN_MS);
  const played = ({ element }) => { let sum = 0; for (let i = 0; i < element.played.length; i++) sum += element.played.end(i) - element.played.start(i); return sum; };
  globalThis.campusSounds = {
    tell: () => {
      const heard = media.filter((one) => one.ms > 0);
      const described = pointAt(heard.map(({ element }) => element));
      return heard.map((one, i) => ({
        seconds: Math.max(one.ms / 1000, played(one)), peak: one.peak, video: one.element.localName === 'video',
        controls: one.element.controls && visible(one.element), at: described[i],
      }));
    },
    goesOn: () => media.some((one) => one.ms > 0 && audible(one)),
    end: () => clearInterval(timer),
  };
  return media.length;
}
