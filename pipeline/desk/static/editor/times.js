/* When each word is said: from the recognition, aligned by the desk; where words changed, what lies between. */
import { ask, here } from '../desk.js';
import { on } from './bus.js';
import { common, get } from './document.js';

const known = new Map(); // id → the text that the times belong to, and words: [offset, length, start, end]
const WAIT_MS = 4000;

/** Ask the desk when the words are said. */
export async function load() {
  let told;
  try {
    told = await ask(`${here}/words`);
  } catch {
    return; // without them the time runs evenly through a sentence
  }
  known.clear();
  for (const [id, words] of Object.entries(told)) if (get(id) && words.length) known.set(id, { text: get(id).text, words });
}

let due = 0;
on('saved', () => {
  clearTimeout(due);
  due = setTimeout(load, WAIT_MS);
});

/** When the character at an offset of a sentence is said, in seconds. */
export function timeAt(sentence, offset) {
  const { text, start, end } = sentence, was = known.get(sentence.id);
  if (!was) return start + (end - start) * (text.length ? offset / text.length : 0);
  const { front, back } = common(was.text, text);
  if (offset <= front) return within(was, offset, sentence);
  if (offset >= text.length - back) return within(was, offset + was.text.length - text.length, sentence);
  const from = within(was, front, sentence), to = within(was, was.text.length - back, sentence);
  return from + ((to - from) * (offset - front)) / (text.length - back - front);
}

function within({ text, words }, offset, { start, end }) {
  const word = words.find(([from, length]) => from + length > offset);
  if (!word || offset >= text.length) return Math.min(end, words.at(-1)[3]);
  const [from, length, begins, ends] = word;
  const at = offset <= from ? begins : begins + ((ends - begins) * (offset - from)) / length;
  return Math.min(end, Math.max(start, at));
}

/** The word of a sentence that is said at a moment: where it begins and ends. */
export function spokenAt(sentence, seconds) {
  let said = [0, 0];
  for (const word of sentence.text.matchAll(/\S+/g)) {
    if (timeAt(sentence, word.index) > seconds + 0.001 && said[1]) break;
    said = [word.index, word.index + word[0].length];
  }
  return said;
}
