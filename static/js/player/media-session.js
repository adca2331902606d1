/* The system's own controls: lock screen, headset, media keys. */
musicapp.followOnSystem = (player) => {
  const { mediaSession: session } = navigator;
  if (!session) return;

  const controls = {
    play: () => player.play(),
    pause: () => player.pause(),
    stop: () => player.pause(),
    nexttrack: () => player.next(),
    previoustrack: () => player.previous(),
    seekto: ({ seekTime }) => player.seek(seekTime),
    seekforward: ({ seekOffset }) => player.seek(player.position + (seekOffset || 10)),
    seekbackward: ({ seekOffset }) => player.seek(player.position - (seekOffset || 10)),
  };
  for (const [action, act] of Object.entries(controls)) {
    try {
      session.setActionHandler(action, act);
    } catch {
      // This browser does not know the action; the others still work.
    }
  }

  Alpine.effect(() => {
    const { title, artist, album, cover_url: cover } = player.song;
    const artwork = cover ? [96, 300, 600].map((side) => ({ src: musicapp.sized(cover, side), sizes: `${side}x${side}` })) : [];
    session.metadata = title ? new MediaMetadata({ title, artist, album: album ?? "", artwork }) : null;
  });
  Alpine.effect(() => {
    session.playbackState = player.song.id === null ? "none" : player.sounding ? "playing" : "paused";
  });
  Alpine.effect(() => {
    const { duration, position, speed } = player;
    if (duration && position <= duration) session.setPositionState?.({ duration, position, playbackRate: speed });
  });
};
