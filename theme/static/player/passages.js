// Passages: links to a moment lead to its paragraph; the chosen paragraph can be quoted and passed on.

import { fill } from "./controls.js";
import { asked, clock, decoded } from "./moments.js";

const MOVED_S = 1.5; // addresses count whole seconds

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
    if (link.dataset.tool) this.#copy(link.closest(".turn"), link.dataset.tool);
    else if (link.dataset.act) this.#here(event);
    else if (link.dataset.seek) this.#start(event, link.dataset.seek);
    else if (link.matches(".turn .t")) this.#play(event, link.closest(".turn"));
  }

  #here(event) {
    event.preventDefault();
    this.transcript.here();
  }

  #play(event, turn) {
    history.replaceState(null, "", `#${turn.id}`);
    this.#start(event, this.transcript.start(turn));
    this.#offer(turn);
  }

  #start(event, at) {
    event.preventDefault();
    this.sound.seek(Number(at));
    this.sound.play();
  }

  #offer(turn) {
    const report = document.querySelector("#melden");
    if (report && turn) report.href = fill(report.dataset.template, { time: clock(this.transcript.start(turn)) });
    if (!this.#tools || this.#tools.contains(document.activeElement)) return;
    this.#tools.querySelector(".done").textContent = "";
    turn?.querySelector(".who")?.append(this.#tools);
  }

  // What is copied is said, and seen beside the button.
  async #copy(turn, tool) {
    const places = tool === "code" ? [document.querySelector("#code-said")] : [this.status, this.#tools.querySelector(".done")];
    const say = (words) => places.forEach((place) => { place.textContent = words; });
    say(""); // the same words again are read out again
    try {
      await navigator.clipboard.writeText(this.#copied(turn, tool));
      say(this.page.texts[tool]);
    } catch {
      say(this.page.texts.forbidden);
    }
  }

  #copied(turn, tool) {
    if (tool === "code") return document.querySelector("#code").textContent;
    const { texts, title, canonical } = this.page;
    const link = `${canonical}#${turn.id}`;
    if (tool === "link") return link;
    const speaker = turn.querySelector(".who b, .who .vh")?.textContent.trim() ?? "";
    const origin = [speaker, title, clock(this.transcript.start(turn))].filter(Boolean).join(", ");
    return `${fill(texts.quotation, { quote: this.#chosen(turn) })}\n${origin}\n${link}`;
  }

  // The selected words of the paragraph, or all of them.
  #chosen(turn) {
    const selected = getSelection();
    const inside = !selected.isCollapsed && turn.contains(selected.anchorNode) && turn.contains(selected.focusNode);
    return (inside ? selected.toString() : turn.querySelector(".say, .snd").textContent).replace(/\s+/g, " ").trim();
  }
}
