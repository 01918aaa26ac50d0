/* Sizes of letters in windows of several widths: "remember" at 200 % zoom, "compare" at 100 % gives the number of texts that
   are not enlarged at all, and "still" at 500 % describes those that are not even there twice as large. */
(step) => {
  const MOST = 5, NO_LARGER = 1.03, ZOOM = 5, TWICE = 1.95, LEAST = 3;
  const { pointAt, bounded, tidy } = campusAudit;
  const sizeOf = (element) => parseFloat(getComputedStyle(element).fontSize) || 0;
  const kept = globalThis.campusSizes ??= new Map();
  if (step === 'remember') {
    for (const { element, node } of campusReading.texts())
      if (!kept.has(element) && /[\p{L}\p{N}]{2}/u.test(node.data)) kept.set(element, { zoomed: sizeOf(element), text: bounded(tidy(node.data), 80) });
    return kept.size;
  }
  for (const [element, sizes] of kept) {
    if (step === 'compare') sizes.full = element.isConnected ? sizeOf(element) : 0;
    const grown = step === 'compare' ? (2 * sizes.zoomed) / sizes.full : (ZOOM * sizeOf(element)) / sizes.full;
    if (!(sizes.full >= LEAST) || !(grown < (step === 'compare' ? NO_LARGER : TWICE))) kept.delete(element);
  }
  if (step === 'compare') return kept.size;
  const found = [...kept].slice(0, MOST), at = pointAt(found.map(([element]) => element));
  return found.map(([, { zoomed, full, text }], i) => ({ at: at[i], zoomed, full, text }));
}
