// What this browser keeps, and only once the reader has asked for it: all of it under `hdw:`.

import { spoken } from "./moments.js";

const PREFIX = "hdw:";
const ON = `${PREFIX}merken`;
// Nobody wants to go on from there.
const LEAST_S = 5;
const EVERY_S = 5;

export function memory(page, sound, deck) {
  const box = page.player.querySelector(".memory input");
  if (!box) return;
  const place = `${PREFIX}stelle:${location.pathname}`;
  let written = -EVERY_S;
  // Whatever a browser that goes back puts there.
  const on = () => (box.checked = kept(ON) === "ja");
  if (on()) recall();
  box.addEventListener("change", () => {
    if (box.checked) store(ON, "ja");
    else forget();
    keep(true);
  });
  addEventListener("pageshow", on);
  sound.addEventListener("moved", () => keep(false));
  sound.addEventListener("pause", () => keep(true));
  addEventListener("pagehide", () => keep(true));

  function keep(now) {
    if (!on() || (!now && Math.abs(sound.at - written) < EVERY_S)) return;
    written = sound.at;
    if (sound.begun) store(place, String(Math.floor(sound.at)));
  }

  function recall() {
    const at = Number(kept(place));
    if (!(at > LEAST_S) || location.hash.startsWith("#t=")) return;
    sound.seek(at);
    deck.offer(page.texts.resume, at);
  }
}

function kept(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function store(key, value) {
  // A browser that stores nothing just forgets.
  try { localStorage.setItem(key, value); } catch {}
}

function forget() {
  for (const key of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) localStorage.removeItem(key);
}
