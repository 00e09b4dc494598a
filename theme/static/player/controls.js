// Buttons, slider, speed, the drawn course and the small bar: they show the sound and act on it.

import { clock, position, spoken } from "./moments.js";

const PLAY = "M2 1v14l13-7z";
const NEAR_S = 3; // so soon after its start, "previous" means the chapter before
const ROOM_PX = 24;
const PAUSE = "M2 1h4.5v14H2zm7.5 0H14v14H9.5z";

export function controls(page, sound, chapters) {
  const { player, texts } = page;
  const mini = document.querySelector(".mini");
  const parts = [player, mini].filter(Boolean);
  const slider = player.querySelector("input[type=range]");
  const alert = player.querySelector(".alert");
  const state = player.querySelector("[data-state]");
  const speed = player.querySelector(".speed select");
  const acts = {
    play: () => sound.toggle(),
    back: () => sound.skip(-15),
    forward: () => sound.skip(30),
    previous: () => chapters.go(-1),
    next: () => chapters.go(1),
  };
  let from = ""; // "Ab 12:34 abspielen", until something plays

  for (const part of parts) {
    part.addEventListener("click", (event) => {
      acts[event.target.closest("[data-act]")?.dataset.act]?.();
    });
  }
  slider.addEventListener("input", () => {
    sound.seek(Number(slider.value));
    say();
  });
  slider.addEventListener("blur", say);
  sound.addEventListener("sought", say);
  speed.addEventListener("change", () => { sound.rate = Number(speed.value); });
  sound.addEventListener("ratechange", () => { speed.value = String(sound.rate); });
  sound.addEventListener("moved", moved);
  for (const name of ["play", "pause"]) sound.addEventListener(name, toggled);
  sound.addEventListener("play", () => {
    alert.hidden = true;
    disable(false);
  });
  sound.addEventListener("waiting", () => { state.textContent = sound.playing ? texts.loading : ""; });
  sound.addEventListener("playing", () => { state.textContent = ""; });
  sound.addEventListener("error", failed);
  if (mini) showMini(player, mini, sound);
  moved();

  function moved() {
    slider.max = String(Math.floor(sound.total));
    slider.value = String(Math.floor(sound.at));
    if (document.activeElement !== slider || !sound.playing) say();
    const share = `${((100 * sound.at) / (sound.total || 1)).toFixed(2)}%`;
    for (const part of parts) {
      part.style.setProperty("--p", share);
      part.querySelector(".clock").textContent = `${clock(sound.at)} / ${clock(sound.total)}`;
      part.querySelector(".title").textContent = chapters.title;
    }
    const count = player.querySelector(".count");
    if (count) count.textContent = chapters.count;
  }

  // Read out with the slider: in words, and never while playback moves it under somebody's hands.
  function say() {
    slider.setAttribute("aria-valuetext", fill(texts.position, { pos: spoken(sound.at), total: spoken(sound.total) }));
  }

  function toggled() {
    if (sound.playing) from = "";
    label();
    document.documentElement.classList.toggle("is-playing", sound.begun);
  }

  function label() {
    const text = sound.playing ? texts.pause : from || texts.play;
    for (const button of document.querySelectorAll("[data-act=play]")) {
      button.querySelector("span").textContent = text;
      button.querySelector("path").setAttribute("d", sound.playing ? PAUSE : PLAY);
    }
  }

  function failed() {
    alert.hidden = false;
    state.textContent = "";
    disable(true);
    label();
  }

  // Playing may be tried again; everything else has nothing to act on.
  function disable(off) {
    for (const one of player.querySelectorAll(".deck-keys [data-act]:not([data-act=play]), .speed select")) {
      one.disabled = off;
    }
    slider.disabled = off;
  }

  return {
    acts,
    // What the play button will do next: `template` holds {time}.
    offer(template, at) {
      from = fill(template, { time: clock(at) });
      label();
    },
  };
}

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

// The small bar is there once something has played, and only while the player is out of view.
function showMini(player, mini, sound) {
  const inView = new IntersectionObserver(([entry]) => { mini.hidden = entry.isIntersecting; });
  sound.addEventListener("play", () => inView.observe(player), { once: true });
  // Text that gets its real height only now may have moved what has the focus behind the bar.
  addEventListener("focusin", ({ target }) => requestAnimationFrame(() => {
    const hidden = target.getBoundingClientRect().bottom - mini.getBoundingClientRect().top;
    if (!mini.hidden && !mini.contains(target) && hidden > 0) scrollBy(0, hidden + ROOM_PX);
  }));
}

// The chapters: which one is heard, marked in their list, and the way to the one before and after.
export class Chapters {
  #starts;
  #titles;
  #rows;
  #now = -1;

  constructor(page, sound) {
    this.page = page;
    this.sound = sound;
    this.#starts = page.chapters.map(([start]) => start);
    this.#titles = page.chapters.map(([, title]) => title);
    this.#rows = [...document.querySelectorAll(".chapters li")];
    sound.addEventListener("moved", () => this.#show());
  }

  get index() { return this.#starts.length ? Math.max(0, position(this.#starts, this.sound.at + 0.05)) : -1; }
  get picture() { return this.page.chapters[this.index]?.[2]; }
  get title() { return this.#titles[this.index] ?? this.page.title; }
  get count() {
    const of = this.#starts.length;
    return of ? `${fill(this.page.texts.chapter, { i: this.index + 1, n: of })}: ` : "";
  }

  go(by) {
    const start = this.#starts[this.index] ?? 0;
    const back = by < 0 && this.sound.at - start > NEAR_S;
    const wanted = back ? this.index : this.index + by;
    if (wanted < this.#starts.length) this.sound.seek(this.#starts[Math.max(0, wanted)] ?? 0);
  }

  #show() {
    const now = this.sound.begun ? this.index : -1;
    if (now === this.#now) return;
    this.#now = now;
    this.#rows.forEach((row, number) => {
      row.classList.toggle("past", number < now);
      if (number === now) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    });
    this.sound.dispatchEvent(new Event("chapter"));
  }
}
