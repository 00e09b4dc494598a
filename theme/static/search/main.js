// The search page. What is asked stands in the address, so that a link, a reload and the way back show it again.

import { Index } from "./index.js";
import { element, result, section } from "./passages.js";

const EPISODES = 5; // shown at a time
const PASSAGES = 3; // of an episode
const FEW = 3; // episodes: with fewer, longer words that hold the word are offered
const OFFERED = 5;

const find = (selector) => document.querySelector(selector);
const page = JSON.parse(find("#page").textContent);
const field = find("#q");
const [said, also, results, below, since] = ["#said", "#also", "#results", "#more", "#since"].map(find);
const [next, older] = ["[data-act=next]", "[data-act=older]"].map(find);
const index = new Index(page);
const title = document.title;
let turn = 0; // a later question makes an earlier answer void
let left = []; // episodes of the last answer that are not shown yet, each as its sections

let shown = ""; // the question that the page answers now

// As many sections of an episode as its passages need; the best one may be about the episode only.
async function load(sections) {
  let missing = PASSAGES;
  const needed = sections.filter((one, n) => {
    const take = n < 2 || missing > 0;
    missing -= one.words.length;
    return take;
  });
  const read = (await Promise.all(needed.map((one) => one.data()))).map(section);
  return { ...read[0], passages: read.flatMap((one) => one.passages) };
}

const more = () => Promise.all(left.splice(0, EPISODES).map(load));

const asked = () => new URLSearchParams(location.search).get("q")?.trim() ?? "";

async function run() {
  const query = asked();
  const own = ++turn;
  shown = query;
  field.value = query;
  clear();
  if (!query) return;
  said.textContent = page.texts.searching;
  try {
    const found = await index.ask(query);
    if (own !== turn) return;
    left = [...found.episodes];
    // what is offered stands above what was found: it must not come later and push it down
    const words = found.episodes.length < FEW ? index.also(query, OFFERED) : [];
    const [episodes, offered] = await Promise.all([more(), words]);
    if (own !== turn) return;
    tell(query, found);
    offer(offered);
    show(episodes);
  } catch (error) {
    if (own === turn) say("failed");
    console.error(error);
  }
}

function clear() {
  document.title = title;
  for (const one of [said, results, also.querySelector("span")]) one.replaceChildren();
  also.hidden = below.hidden = next.hidden = older.hidden = true;
}

function say(id) {
  said.replaceChildren(find(`#${id}`).content.cloneNode(true));
}

function tell(query, found) {
  if (!found.hits) {
    say("empty");
    return;
  }
  const language = document.documentElement.lang;
  const count = (number, one, many) => (number === 1 ? one : many.replace("{n}", number.toLocaleString(language)));
  const { hit, hits, episode, episodes } = page.texts;
  const sum = `${count(found.hits, hit, hits)} ${count(found.episodes.length, episode, episodes)}`;
  said.replaceChildren(element("h2", { tabIndex: -1 }, sum));
  document.title = `${query}: ${sum} – ${title}`;
}

function show(episodes) {
  const made = episodes.map((one) => result(one, PASSAGES, page.texts));
  results.append(...made);
  next.hidden = !left.length;
  older.hidden = !index.more;
  since.textContent = index.more ? page.texts.since.replace("{day}", index.since) : "";
  below.hidden = next.hidden && older.hidden;
  return made[0];
}

function offer(words) {
  const links = words.map((word) => element("a", { href: `?q=${encodeURIComponent(word)}` }, word));
  also.querySelector("span").replaceChildren(...links.flatMap((link, n) => (n ? [", ", link] : [link])));
  also.hidden = !words.length;
}

function go(query) {
  history.pushState(null, "", `?q=${encodeURIComponent(query)}`);
  return run();
}

find(".bigsearch").addEventListener("submit", (event) => {
  event.preventDefault();
  go(field.value.trim());
});
next.addEventListener("click", async () => {
  const own = turn;
  const fresh = await more().catch(() => undefined);
  if (own !== turn) return;
  if (fresh) show(fresh)?.querySelector("a").focus();
  else say("failed");
});
older.addEventListener("click", async () => {
  await index.older(shown).catch(() => {}); // what is wrong is said by the question that follows
  await run();
  said.querySelector("h2")?.focus();
});
addEventListener("popstate", () => {
  if (asked() !== shown) run(); // a link within the page changes the address too
});
document.documentElement.classList.add("js");
run();
