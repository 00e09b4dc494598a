// The transcript follows the sound: the paragraph, the word, and the page, as long as the reader wants it to.

import { position } from "./moments.js";
import { mark, Text } from "./marks.js";

const SCROLLS = new Set(["ArrowDown", "ArrowUp", "End", "Home", "PageDown", "PageUp", " "]);

export class Transcript {
  #turns = [...document.querySelectorAll(".turn")];
  #starts;
  #times;
  #now = -1;
  #text;
  #words = [];
  #spoken = [];
  #word = -1;
  // The spoken word: one for all, which costs least.
  #range = new Range();
  #follow;
  #following = true;

  constructor(page, sound) {
    this.sound = sound;
    this.#starts = page.starts;
    this.#times = new Times(page.words);
    mark("word", [this.#range]);
    this.#follow = document.querySelector("[data-act=follow]");
    sound.addEventListener("play", () => this.#begin());
    sound.addEventListener("sought", () => this.#show());
    this.#follow?.addEventListener("click", () => this.follow(!this.#following));
    for (const name of ["wheel", "touchmove"]) {
      addEventListener(name, () => this.#byHand(), { passive: true });
    }
    addEventListener("keydown", (event) => {
      if (SCROLLS.has(event.key) && !event.target.closest(".player, .mini, input, select, button, a")) this.#byHand();
    });
  }

  get current() { return this.#turns[this.#now]; }

  // The paragraph in which a moment lies.
  at(moment) { return this.#turns[Math.max(0, position(this.#starts, moment + 0.05))]; }
  start(turn) { return this.#starts[this.#turns.indexOf(turn)] ?? 0; }
  get turns() { return this.#turns; }

  follow(on) {
    this.#following = on;
    this.#follow?.setAttribute("aria-pressed", String(on));
    if (on && this.current) this.current.scrollIntoView({ block: "center" });
  }

  // To the spoken passage, and along with it from there.
  here() {
    this.follow(true);
    this.current?.focus({ preventScroll: true });
  }

  async #begin() {
    this.#frame();
    await this.#times.load();
    this.#now = -1;
  }

  #frame = () => {
    this.#show();
    if (this.sound.playing && !document.hidden) requestAnimationFrame(this.#frame);
    else if (this.sound.playing) document.addEventListener("visibilitychange", this.#frame, { once: true });
  };

  #show() {
    if (!this.sound.begun || !this.#turns.length) return;
    const at = this.sound.at;
    const now = Math.max(0, position(this.#starts, at + 0.05));
    if (now !== this.#now) this.#turn(now);
    const word = position(this.#spoken, at + 0.02);
    if (word !== this.#word) this.#mark(word);
  }

  // What the page looks like is asked before anything in it changes: the browser need not lay it out in between.
  #turn(now) {
    const before = this.current;
    this.#now = now;
    const leads = this.#following && (!before || inView(before)) && this.#leads();
    before?.removeAttribute("aria-current");
    this.current.setAttribute("aria-current", "true");
    this.#spoken = this.#times.of(this.current.id);
    this.#text = new Text(this.current.querySelector(".say, .snd"));
    // As words.json counts.
    this.#words = [...this.#text.text.matchAll(/\S+/g)];
    this.#mark(-1);
    if (leads) this.current.scrollIntoView({ block: "center" });
    this.sound.dispatchEvent(new Event("paragraph"));
  }

  #mark(word) {
    this.#word = word;
    const found = this.#words[word];
    if (found) this.#text.range(found, this.#range);
    else this.#range.collapse();
  }

  // The page moves only where the reader was already looking at the text.
  #leads() {
    const { top, bottom } = this.current.getBoundingClientRect();
    const far = bottom > 0.75 * innerHeight || top < 0;
    return far && (inView(this.current) || inView(this.#turns[this.#now - 1]));
  }

  #byHand() {
    if (this.sound.playing && this.#following) this.follow(false);
  }
}

function inView(element) {
  const { top, bottom } = element?.getBoundingClientRect() ?? {};
  return bottom > 0 && top < innerHeight;
}

// When each word is spoken: fetched when something plays for the first time (see words.json).
class Times {
  #url;
  #starts = null;

  constructor(url) { this.#url = url; }

  async load() {
    if (!this.#url || this.#starts) return;
    this.#starts = new Map();
    try {
      const { unit, paragraphs } = await (await fetch(this.#url)).json();
      const scale = unit === "cs" ? 100 : 1;
      for (const anchor in paragraphs) {
        let total = 0;
        this.#starts.set(anchor, paragraphs[anchor].map((delta) => (total += delta) / scale));
      }
    } catch { /* without word times the paragraph stays marked */ }
  }

  of(anchor) { return this.#starts?.get(anchor) ?? []; }
}
