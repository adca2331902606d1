/* Waveforms: the peaks of a song (240 loudness values of 0–255) and the path that draws them. */
(() => {
  const KEPT = 60;
  const known = new Map();

  /** The peaks behind a URL; an empty list when they cannot be had, which draws as a quiet line. */
  musicapp.peaks = (url) => {
    if (!url) return Promise.resolve([]);
    if (!known.has(url)) {
      const answer = musicapp.request(url).then((data) => data.peaks, () => {
        known.delete(url);
        return [];
      });
      known.set(url, answer);
      if (known.size > KEPT) known.delete(known.keys().next().value);
    }
    return known.get(url);
  };

  /** One upright stroke for each bar, 4 units apart, in a drawing 40 units high. */
  musicapp.wavePath = (peaks, bars) => {
    let path = "";
    for (let bar = 0; bar < bars; bar += 1) {
      const from = Math.floor((bar * peaks.length) / bars);
      const upTo = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / bars));
      const loudest = Math.max(0, ...peaks.slice(from, upTo));
      const height = Math.max(2, Math.round((loudest / 255) * 38));
      path += `M${bar * 4 + 1.3} ${20 - height / 2}v${height}`;
    }
    return path;
  };
})();
