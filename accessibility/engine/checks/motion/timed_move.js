/* Put into the page's own world before its first line: remembers its timers, so that they can be rung early.
   `campusClock(most)` rings up to `most` of them in the order in which they would ring, and answers after how many
   seconds of its own time the page wanted to go elsewhere. */
(() => {
  const LONGEST_MS = 72e6, MOST_KEPT = 500, CPU_MS = 800;
  const real = { timeout: window.setTimeout, interval: window.setInterval, clear: window.clearTimeout, now: Date.now };
  const started = real.now(), kept = new Map();
  let ahead = 0, gone = null;
  const elapsed = () => real.now() - started + ahead;
  Date.now = () => real.now() + ahead;
  function keep(id, callback, delay, rest, every) {
    if (typeof callback === 'function' && kept.size < MOST_KEPT && delay >= 0 && delay < LONGEST_MS)
      kept.set(id, { callback, rest, every: every ? Math.max(4, delay) : 0, due: elapsed() + delay });
    return id;
  }
  window.setTimeout = function (callback, delay = 0, ...rest) {
    if (typeof callback !== 'function') return real.timeout.call(window, callback, delay, ...rest);
    const id = real.timeout.call(window, (...given) => { kept.delete(id); callback.apply(window, given); }, delay, ...rest);
    return keep(id, callback, Number(delay) || 0, rest, false);
  };
  window.setInterval = function (callback, delay = 0, ...rest) {
    return keep(real.interval.call(window, callback, delay, ...rest), callback, Number(delay) || 0, rest, true);
  };
  window.clearTimeout = window.clearInterval = (id) => { kept.delete(id); real.clear.call(window, id); };
  navigation.addEventListener('navigate', (event) => {
    if (!event.hashChange && !event.destination.sameDocument && !event.userInitiated && !event.downloadRequest && !gone)
      gone = { seconds: elapsed() / 1000 };
  });
  window.campusClock = (most) => {
    const until = performance.now() + CPU_MS;
    for (let i = 0; i < most && kept.size && !gone && performance.now() < until; i++) {
      const [id, next] = [...kept].reduce((a, b) => (b[1].due < a[1].due ? b : a));
      if (next.due >= LONGEST_MS) break;
      ahead = Math.max(ahead, next.due - (real.now() - started));
      if (next.every) next.due += next.every; else { kept.delete(id); real.clear.call(window, id); }
      try { next.callback.apply(window, next.rest); } catch { /* the page's own trouble */ }
    }
    return gone && gone.seconds;
  };
})();
