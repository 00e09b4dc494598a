// Keys: letters only while the focus is inside the player, and never in a field (WCAG 2.1.4); media keys anywhere.

const STEP_S = 5;

export function keys(player, sound, acts) {
  const off = player.querySelector(".keys-off input");
  const bound = {
    k: acts.play, j: acts.back, l: acts.forward, n: acts.next, p: acts.previous,
    ArrowLeft: () => sound.skip(-STEP_S), ArrowRight: () => sound.skip(STEP_S),
    "<": () => faster(-1), ">": () => faster(1),
  };
  player.addEventListener("keydown", (event) => {
    const letter = event.key.length === 1;
    const act = bound[letter ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("select")) return;
    if (letter && off?.checked) return;
    event.preventDefault();
    act();
  });

  function faster(by) {
    const select = player.querySelector(".speed select");
    const wanted = select.options[select.selectedIndex + by];
    if (wanted) sound.rate = Number(wanted.value);
  }
}

// Keys of keyboards and headsets, the lock screen (Media Session).
export function mediaKeys(page, sound, chapters, acts) {
  const media = navigator.mediaSession;
  if (!media) return;
  const handlers = {
    play: () => sound.play(),
    pause: () => sound.pause(),
    seekbackward: acts.back,
    seekforward: acts.forward,
    seekto: ({ seekTime }) => sound.seek(seekTime),
    previoustrack: acts.previous,
    nexttrack: acts.next,
  };
  for (const [name, act] of Object.entries(handlers)) media.setActionHandler(name, act);
  for (const name of ["play", "chapter"]) sound.addEventListener(name, describe);
  sound.addEventListener("moved", () => {
    if (!sound.begun) return;
    media.setPositionState?.({ duration: sound.total, position: Math.min(sound.at, sound.total), playbackRate: sound.rate });
  });

  function describe() {
    const picture = chapters.picture || page.picture;
    media.metadata = new MediaMetadata({
      title: page.title, artist: page.show, album: chapters.title, artwork: picture ? [{ src: picture }] : [],
    });
  }
}
