// A section of the index → the passages in it that were hit, and an episode's passages → a result on the page.

const BEFORE = 10; // words of a passage before its first hit
const LENGTH = 34; // words of a passage that are shown

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// What a section says about its episode stands in the id of its first anchor (see sections.py).
export function section(data) {
  const anchors = [...data.anchors].sort((a, b) => a.location - b.location);
  const facts = JSON.parse(anchors.find((one) => one.id.startsWith("{")).id);
  const own = anchors.filter((one) => !one.id.startsWith("{"));
  const words = data.content.split(/\s+/);
  const groups = new Map();
  for (const place of [...new Set(data.locations)].sort((a, b) => a - b)) {
    const at = Math.max(own.findLastIndex((one) => one.location <= place), 0);
    groups.set(at, [...(groups.get(at) ?? []), place]);
  }
  return {
    page: data.url.replace(/[^/]*$/, ""),
    facts,
    passages: [...groups].map(([at, hits]) => passage(facts, words, own[at].id, own[at + 1]?.location ?? words.length, hits, own[at].location)),
  };
}

function passage(facts, words, id, end, hits, start) {
  const [anchor, voice, chapter] = id.split("/");
  const from = Math.max(start, Math.min(hits[0] - BEFORE, end - LENGTH));
  const to = Math.min(end, from + LENGTH);
  return {
    anchor,
    timed: anchor.startsWith("t="), // else it is about the episode as a whole
    seconds: anchor.startsWith("t=") ? Number.parseFloat(anchor.slice(2)) : -1,
    voice: facts.voices?.[voice] ?? "",
    chapter: facts.chapters?.[chapter] ?? "",
    words: words.slice(from, to).map((word, n) => [word, hits.includes(from + n)]),
    cut: [from > start, to < end],
  };
}

export function result({ facts, page, passages }, most, texts) {
  const timed = passages.filter((one) => one.timed);
  const about = passages.filter((one) => !one.timed);
  const shown = [...timed, ...about].slice(0, most).sort((a, b) => a.seconds - b.seconds);
  const day = element("time", { dateTime: facts.iso }, facts.day);
  const link = element("a", { href: page, ...spoken(facts) }, facts.title);
  return element("section", { className: `cols sec res ${facts.colour}` },
    element("div", { className: "rand" }, element("p", { className: "inst" }, element("b", {}, facts.institution), " ", day)),
    element("div", { className: "body" },
      element("h3", { className: "big" }, link),
      element("ul", {}, ...shown.map((one) => item(one, page, facts, texts)))));
}

function item(passage, page, facts, texts) {
  const chapter = passage.chapter && texts.chapter.replace("{title}", passage.chapter);
  const who = passage.timed ? [passage.voice, chapter].filter(Boolean).join(", ") : texts.about;
  const before = passage.cut[0] ? "… " : "";
  const after = passage.cut[1] ? "…" : "";
  const said = element("span", spoken(facts), before, ...passage.words.flatMap(marked), after);
  const line = element("p", {}, element("span", { className: "small" }, who), " ", said);
  if (!passage.timed) return element("li", { className: "hit" }, line);
  const at = element("span", { className: "vh" }, `${texts.at} `);
  const link = element("a", { className: "num", href: `${page}#${passage.anchor}` }, at, clock(passage.seconds));
  return element("li", { className: "hit" }, link, line);
}

// Only a language that is not the page's is named.
function spoken({ language }) {
  return language ? { lang: language } : {};
}

function marked([word, hit]) {
  if (!hit) return [`${word} `];
  const [, before, core, after] = word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u);
  return [before, element("mark", {}, core), `${after} `];
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return whole < 3600 ? `${minutes}:${two(whole % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
