// Passages: links to a moment lead to its paragraph; the chosen paragraph can be quoted and passed on.

import { fill } from "./controls.js";
import { asked, clock, decoded } from "./moments.js";

// Addresses count whole seconds.
const MOVED_S = 1.5;

export class Passages {
  #tools = document.querySelector("#tools")?.content.firstElementChild;

  constructor(page, sound, transcript, deck) {
    Object.assign(this, { page, sound, transcript, deck });
    this.status = document.querySelector("#said");
    addEventListener("hashchange", () => this.open());
    document.addEventListener("click", (event) => this.#clicked(event));
    sound.addEventListener("paragraph", () => this.#offer(transcript.current));
  }

  // What the address asks for: the sound stands there, the paragraph is in view and focused; nothing plays.
  open() {
    const moment = asked(location);
    if (!moment) return;
    const turn = this.#exactly() ?? this.transcript.at(moment.start);
    this.sound.seek(this.#moved(turn, moment.start), moment.end);
    if (!this.sound.playing) this.deck.offer(this.page.texts.playfrom, this.sound.at);
    turn?.scrollIntoView({ block: "start" });
    turn?.focus({ preventScroll: true });
    if (turn) this.#offer(turn);
  }

  // A paragraph keeps its address when another recording says it at another time.
  #moved(turn, at) {
    const start = turn ? this.transcript.start(turn) : at;
    return location.hash === `#${turn?.id}` && Math.abs(start - at) > MOVED_S ? start : at;
  }

  // An id of the page wins over the moment it is named after: it stays when times change.
  #exactly() {
    return document.getElementById(decoded(location.hash.slice(1)))?.closest(".turn");
  }

  #clicked(event) {
    const link = event.target.closest("a[href^='#t='], [data-tool], [data-act=here], [data-seek]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { act, seek, tool } = link.dataset, turn = link.closest(".turn");
    if (tool) this.#copy(turn, tool);
    if (!act && !seek && !link.matches(".turn .t")) return;
    event.preventDefault();
    if (act) this.transcript.here();
    else if (seek) this.#start(Number(seek));
    else {
      history.replaceState(null, "", `#${turn.id}`);
      this.#start(this.transcript.start(turn));
      this.#offer(turn);
    }
  }

  #start(at) {
    this.sound.seek(at);
    this.sound.play();
  }

  #offer(turn) {
    const report = document.querySelector("#melden");
    if (report && turn) report.href = fill(report.dataset.template, { time: clock(this.transcript.start(turn)) });
    if (!this.#tools || this.#tools.contains(document.activeElement)) return;
    this.#tools.lastChild.replaceChildren();
    turn?.querySelector(".who")?.append(this.#tools);
  }

  // What is copied is said, and seen beside the button; the same words again are read out again.
  async #copy(turn, tool) {
    const { texts } = this.page, code = document.querySelector("#code");
    const places = document.querySelectorAll(tool === "code" ? "#code-said" : "#said, .tools .done");
    const say = (words) => places.forEach((place) => place.replaceChildren(words));
    say("");
    try {
      await navigator.clipboard.writeText(tool === "code" ? code.textContent : this.#quoted(turn, tool));
      say(texts[tool]);
    } catch {
      say(texts.forbidden);
    }
  }

  #quoted(turn, tool) {
    const { texts, title, canonical } = this.page, link = `${canonical}#${turn.id}`;
    const speaker = turn.querySelector(".who b, .who .vh")?.textContent.trim();
    const origin = [speaker, title, clock(this.transcript.start(turn))].filter(Boolean).join(", ");
    return tool === "link" ? link : `${fill(texts.quotation, { quote: this.#chosen(turn) })}\n${origin}\n${link}`;
  }

  // The selected words of the paragraph, or all of them.
  #chosen(turn) {
    const selected = getSelection();
    const inside = !selected.isCollapsed && turn.contains(selected.anchorNode) && turn.contains(selected.focusNode);
    return (inside ? selected.toString() : turn.querySelector(".say, .snd").textContent).replace(/\s+/g, " ").trim();
  }
}
