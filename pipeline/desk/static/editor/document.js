/* The transcript as this window has it: sentences in their order, each a frozen record; places to look at; people.
   Nothing here knows the page or the desk. */
import { clock, say } from '../desk.js';

const given = JSON.parse(document.getElementById('document').textContent);

export const doc = {
  list: [],
  people: new Map(),
  hints: new Map(),
  marks: new Map(),
  looking: true, // until the desk has said which places are suspicious
  chapters: given.chapters,
  lines: given.lines,
  names: [],
  proposals: given.proposals,
  length: given.length,
  digest: given.digest,
  nextId: given.next_id,
  holder: given.holder,
  undo: given.undo,
  redo: given.redo,
  locked: new Set(), // ids of sentences of which two versions wait for a person
};
let at = new Map();

/** A sentence by its id, and its place. */
export const get = id => doc.list[at.get(id)];
export const place = id => at.get(id) ?? -1;

export const nameOf = speaker => doc.people.get(speaker) ?? (speaker || say('nobody'));
export const isOpen = speaker => !doc.people.has(speaker);
export const isDone = sentence => sentence.state === 'heard' || sentence.state === 'checked';

/** What a sentence is called. */
export function label(sentence) {
  const time = clock(sentence.start);
  return sentence.sound ? say('sound_at', { time }) : say('sentence_at', { id: sentence.id, who: nameOf(sentence.speaker), time });
}

/** The chapter that a sentence stands in, as a place in `doc.chapters`; -1 before the first. */
export const chapterOf = sentence => doc.chapters.findLastIndex(one => one.start <= sentence.start);

/** Whether somebody else begins to speak with this sentence, or a sound or chapter parts it from the one above. */
export function isTurn(sentence) {
  const above = doc.list[place(sentence.id) - 1];
  return !above || above.sound || sentence.sound || above.speaker !== sentence.speaker || chapterOf(above) !== chapterOf(sentence);
}

/** A pattern that finds words as they are spelt; `whole`: not as a part of longer ones. */
export function finding(spellings, { whole = true, flags = 'gu' } = {}) {
  const words = spellings.map(one => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return new RegExp(whole ? `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])` : words, flags);
}

/** The sentence that is heard at a moment. */
export function sentenceAt(seconds) {
  let low = 0, high = doc.list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (doc.list[middle].start <= seconds) low = middle; else high = middle - 1;
  }
  return doc.list[low];
}

/** How many characters of two texts are the same in front and at the back. */
export function common(one, other) {
  const least = Math.min(one.length, other.length);
  let front = 0, back = 0;
  while (front < least && one[front] === other[front]) front++;
  while (back < least - front && one[one.length - 1 - back] === other[other.length - 1 - back]) back++;
  return { front, back };
}

/** A sentence with another text; passages in another language stay at their words. */
export function reworded(sentence, text, state = 'edited') {
  const old = sentence.text, { front, back } = common(old, text);
  const end = old.length - back, by = text.length - old.length;
  const moved = (offset, inside) => (offset >= end ? offset + by : offset > front ? inside : offset);
  const spans = sentence.spans
    .map(([from, to, tag]) => [moved(from, front), moved(to, end + by), tag])
    .filter(([from, to]) => from < to);
  return { ...sentence, text, spans, state: old === text ? sentence.state : state };
}

/** Where a new sentence stands: below another one, and in the order of time. */
function room(sentence, follows) {
  let here = place(follows);
  here = here >= 0 && doc.list[here].start <= sentence.start ? here + 1 : 0;
  while (here < doc.list.length && doc.list[here].start < sentence.start) here++;
  return here;
}

/** Carry changes out in this window. */
export function perform(changes) {
  for (const { id, after, follows } of changes) {
    const here = place(id);
    if (here >= 0 && after) doc.list[here] = after;
    else if (here >= 0) doc.list.splice(here, 1);
    else if (after) doc.list.splice(room(after, follows), 0, after);
    if (here < 0 || !after) number();
    if (/^\d+$/.test(id)) doc.nextId = Math.max(doc.nextId, Number(id) + 1);
  }
}

function number() {
  at = new Map(doc.list.map((one, n) => [one.id, n]));
}

/** An id for a new sentence. */
export const freeId = () => String(doc.nextId++);

/** All sentences anew, as the desk has them. */
function replaceAll(sentences) {
  doc.list = sentences;
  number();
}

/** The id of the sentence above. */
const above = id => doc.list[place(id) - 1]?.id ?? '';

/** Changes as deeds have them: a sentence made anew, one that goes, one that comes. */
export const edit = (id, patch) => ({ id, before: get(id), after: { ...get(id), ...patch }, follows: above(id) });
export const become = after => ({ id: after.id, before: get(after.id), after, follows: above(after.id) });
export const drop = id => ({ id, before: get(id), after: null, follows: above(id) });
export const insert = (after, follows) => ({ id: after.id, before: null, after, follows });

/** People who may speak. */
export const people = () => [...doc.people].map(([id, name]) => ({ value: id, label: name, hint: doc.hints.get(id) || '' }));
export function addPerson({ id, name, hint }) {
  doc.people.set(id, name);
  doc.hints.set(id, hint);
}

/** Take over what the desk says beside the sentences. */
export function takeOver(json) {
  json.people.forEach(addPerson);
  Object.assign(doc, {
    digest: json.digest, nextId: Math.max(doc.nextId, json.next_id), proposals: json.proposals,
    chapters: json.chapters,
  });
  const texts = new Map(json.sentences.map(one => [one.id, one.text]));
  const word = one => texts.get(one.sentence)?.slice(one.start, one.end) ?? '';
  doc.marks = new Map(json.marks.map(one => [one.key, { ...one, open: true, word: word(one) }]));
  doc.names = [...likeOurs(), ...json.names.map(({ key, spellings }) => ({ key, spellings: spellings.map(text => ({ text, known: false })) }))];
}

/** Spellings that sound like a name of the house. */
function likeOurs() {
  const groups = Map.groupBy([...doc.marks.values()].filter(one => one.kind === 'name' && one.suggestion), one => one.suggestion);
  return [...groups].map(([name, marks]) => ({
    spellings: [{ text: name, known: true }, ...[...new Set(marks.map(one => one.word))].map(text => ({ text, known: false }))],
  }));
}

/** All sentences as the desk has them now; those that did not change stay the same records. */
export function refresh(sentences) {
  const like = (one, other) => one && Object.keys(other).every(name => (name === 'spans' ? String(one.spans) === String(other.spans) : one[name] === other[name]));
  replaceAll(sentences.map(one => (like(get(one.id), one) ? get(one.id) : one)));
}

replaceAll(given.sentences);
takeOver(given);
