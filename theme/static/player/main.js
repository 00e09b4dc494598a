// The player of an episode's page. Without it everything can be read, heard and jumped to as well.

import { Chapters, controls } from "./controls.js";
import { keys, mediaKeys } from "./keys.js";
import { search } from "./marks.js";
import { memory } from "./memory.js";
import { Passages } from "./passages.js";
import { Sound } from "./sound.js";
import { Transcript } from "./transcript.js";

const player = document.querySelector("#player");
const audio = player?.querySelector("audio");
const facts = document.querySelector("#page");

if (audio && facts) {
  // title, show, canonical, total, chapters, starts, words, picture, texts: the page's plan writes them
  const page = { ...JSON.parse(facts.textContent), player };
  const sound = new Sound(audio, page.total);
  const chapters = new Chapters(page, sound);
  const deck = controls(page, sound, chapters);
  const transcript = new Transcript(page, sound);
  const passages = new Passages(page, sound, transcript, deck);
  const form = document.querySelector(".trsearch");
  if (form) search(form, page, transcript);
  document.querySelector("[data-act=print]")?.addEventListener("click", () => print());
  keys(player, sound, deck.acts);
  mediaKeys(page, sound, chapters, deck.acts);
  memory(page, sound, deck);
  document.documentElement.classList.add("js");
  passages.open();
}
