// Passages marked by the CSS Custom Highlight API, without an element a word: the spoken word, hits of the search.

import { fill } from "./controls.js";

const marks = "highlights" in CSS;

export function mark(name, ranges) {
  if (marks) CSS.highlights.set(name, new Highlight(...ranges));
}

export function unmark(name) {
  if (marks) CSS.highlights.delete(name);
}

// A paragraph's text, and the node and offset of any of its characters.
export class Text {
  #nodes = [];

  constructor(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let at = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      this.#nodes.push([at, node]);
      at += node.data.length;
    }
    this.text = this.#nodes.map(([, node]) => node.data).join("");
  }

  // What a match of a pattern covers: a range of its own, or the one that is given.
  range(found, made = new Range()) {
    made.setStart(...this.#place(found.index));
    made.setEnd(...this.#place(found.index + found[0].length));
    return made;
  }

  #place(offset) {
    const [at, node] = this.#nodes.findLast(([at]) => at < offset) ?? this.#nodes[0];
    return [node, offset - at];
  }
}

const ALIKE = { a: "[aä]", o: "[oö]", u: "[uü]" };
for (const [two, one] of [["ae", "ä"], ["oe", "ö"], ["ue", "ü"], ["ss", "ß"]]) {
  ALIKE[two] = ALIKE[one] = `(?:${two}|${one})`;
}

// Small letters without accents, German ones aside; one for one, so that every offset stays right.
function folded(text) {
  return [...text].map((letter) => {
    const small = letter.toLowerCase();
    const plain = /[äöüß]/.test(small) ? small : small.normalize("NFD")[0];
    return plain.length === letter.length ? plain : letter;
  }).join("");
}

// What a query looks for: „buecher“, „bucher“ and „Bücher“ find „Bücher“.
function pattern(query) {
  const escaped = folded(query.trim()).replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
  return new RegExp(escaped.replace(/ae|oe|ue|ss|[äöüßaou]/g, (part) => ALIKE[part]), "g");
}

export function search(form, page, transcript) {
  const field = form.querySelector("[type=search]");
  const bar = form.querySelector(".hitnav");
  const status = form.querySelector("[role=status]");
  let hits = [];
  let now = 0;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find(field.value);
  });
  form.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]")?.dataset.step;
    if (step === "clear") clear();
    else if (step && hits.length) go(now + Number(step));
  });
  field.addEventListener("input", () => { if (!field.value) clear(); });

  function find(query) {
    clear();
    if (!query.trim()) return;
    transcript.follow(false);
    hits = transcript.turns.flatMap((turn) => within(turn, pattern(query)));
    mark("hit", hits.map(([range]) => range));
    bar.hidden = hits.length === 0;
    if (hits.length) go(0);
    else status.textContent = page.texts.none;
  }

  function within(turn, wanted) {
    const text = new Text(turn.querySelector(".say, .snd"));
    return [...folded(text.text).matchAll(wanted)].map((hit) => [text.range(hit), turn]);
  }

  function go(number) {
    now = (number + hits.length) % hits.length;
    const [range, turn] = hits[now];
    turn.scrollIntoView({ block: "center" });
    mark("chosen", [range]);
    status.textContent = fill(page.texts.hit, { i: now + 1, n: hits.length });
  }

  function clear() {
    hits = [];
    bar.hidden = true;
    status.textContent = "";
    unmark("hit");
    unmark("chosen");
  }
}
