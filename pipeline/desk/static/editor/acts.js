/* What can be done with a sentence: split, join, check, delete; who speaks; what cannot be understood. */
import { count, say } from '../desk.js';
import { tellPerson } from './bus.js';
import { commit } from './deeds.js';
import { become, chapterOf, doc, drop, edit, freeId, get, insert, nameOf, place, reworded, sentenceAt } from './document.js';
import { dropQuestion } from './marks.js';
import { openIn } from './places.js';
import { audio, pause, play, playing } from './playing.js';
import { caret, currentId, put } from './text.js';
import { timeAt } from './times.js';

const BACK_S = 1.5, LEAST_S = 0.01, SOUND_S = 1;
const atCaret = () => (caret.at?.id === currentId() ? caret.at : { id: currentId(), a: 0, b: 0 });

/** Passages in other languages from one offset to another, counted from there. */
const spansIn = (sentence, from, to) => sentence.spans
  .map(([a, b, tag]) => [Math.max(a, from) - from, Math.min(b, to) - from, tag]).filter(([a, b]) => a < b);

export function split() {
  const { id, a } = atCaret(), sentence = get(id);
  if (!sentence) return;
  const left = sentence.text.slice(0, a).trimEnd(), right = sentence.text.slice(a).trimStart();
  if (!left || !right) return tellPerson(say('split_where'));
  const cut = sentence.text.length - right.length;
  const time = Math.min(sentence.end - LEAST_S, Math.max(sentence.start + LEAST_S, timeAt(sentence, cut)));
  const below = { ...sentence, id: freeId(), text: right, start: time, spans: spansIn(sentence, cut, sentence.text.length) };
  const above = { ...sentence, text: left, end: time, spans: spansIn(sentence, 0, left.length) };
  return commit(say('deed_split', { id }), [become(above), insert(below, id)], { to: { id: below.id, a: 0, b: 0 } });
}

/** Join a sentence with the one above it. */
export function join(id = currentId()) {
  const at = place(id), sentence = doc.list[at], above = doc.list[at - 1];
  if (!above) return;
  if (chapterOf(above) !== chapterOf(sentence)) return tellPerson(say('join_chapter'));
  if (above.sound || sentence.sound) return tellPerson(say('join_sound'));
  const gap = above.text && sentence.text ? ' ' : '', from = above.text.length + gap.length;
  const spans = [...above.spans, ...sentence.spans.map(([a, b, tag]) => [a + from, b + from, tag])];
  const states = new Set([above.state, sentence.state]);
  const state = states.size === 1 ? above.state : ['checked', 'heard'].every(one => states.has(one)) ? 'heard' : 'edited';
  const made = { ...above, text: above.text + gap + sentence.text, end: Math.max(above.end, sentence.end), spans, state };
  const words = say('deed_joined', { one: above.id, other: id });
  const kept = above.speaker === sentence.speaker ? '' : `; ${say('person_stays', { who: nameOf(above.speaker) })}`;
  return commit(words + kept, [become(made), drop(id)], { to: { id: above.id, a: from, b: from } });
}

export function remove() {
  const id = currentId(), at = place(id), next = doc.list[at + 1] ?? doc.list[at - 1];
  if (!next) return tellPerson(say('last_sentence'));
  dropQuestion();
  return commit(say('deed_deleted', { id }), [drop(id)], { to: { id: next.id, a: 0, b: 0 } });
}

/** Checked: the one that is heard, or the caret's; and on. */
export function check() {
  const on = playing.on, sentence = on ? sentenceAt(audio.now()) : get(currentId());
  if (!sentence) return;
  const next = doc.list.slice(place(sentence.id) + 1).find(one => !one.sound);
  const settle = openIn(sentence.id).map(one => one.key);
  dropQuestion();
  commit(say('deed_checked', { id: sentence.id }), [edit(sentence.id, { state: 'checked' })],
    { settle, to: on || !next ? null : { id: next.id, a: 0, b: 0 } });
  if (on || !audio.there) return;
  play(sentenceAt(audio.now())?.id === sentence.id ? audio.now() - BACK_S : next?.start ?? sentence.start);
}

/** Who speaks in this sentence, or in all up to the next change. */
export function assign(id, speaker, on) {
  const at = place(id), from = get(id).speaker;
  let to = at + 1;
  while (on && to < doc.list.length && (doc.list[to].sound || doc.list[to].speaker === from)) to++;
  const chosen = doc.list.slice(at, to).filter(one => !one.sound);
  const settle = chosen.flatMap(one => openIn(one.id)).filter(one => one.kind === 'speaker').map(one => one.key);
  const who = nameOf(speaker);
  const words = chosen.length > 1 ? count('deed_voice', chosen.length, { who }) : say('deed_person', { id, who });
  commit(words, chosen.map(one => edit(one.id, { speaker })), { settle, to: { id, a: 0, b: 0 } });
}

export function unclear() {
  const { id, a } = atCaret(), sentence = get(id), at = caret.at?.id === id ? a : sentence.text.length, text = sentence.text;
  const words = (at && text[at - 1] !== ' ' ? ' ' : '') + say('unclear') + (text[at] && text[at] !== ' ' ? ' ' : '');
  const made = reworded(sentence, text.slice(0, at) + words + text.slice(at));
  commit(say('deed_unclear', { id }), [become(made)], { to: { id, a: at + words.length, b: at + words.length } });
}

/** Mark what is selected, else the whole sentence, as another language; "" takes the marks away. */
export function language(tag, name) {
  const { id, a, b } = atCaret(), sentence = get(id), [from, to] = b > a ? [a, b] : [0, sentence.text.length];
  const others = sentence.spans.filter(([one, other]) => other <= from || one >= to);
  const spans = tag ? [...others, [from, to, tag]].sort((one, other) => one[0] - other[0]) : others;
  commit(tag ? say('deed_language', { name, id }) : say('deed_no_language', { id }), [edit(id, { spans })], { to: { id, a, b } });
}

const bracketed = text => `[${text.replace(/^\[|\]$/g, '').trim()}]`;

/** A sound after this sentence; or this sentence is none, but a sound. */
export function sound(text, instead) {
  const sentence = get(currentId()), next = doc.list[place(sentence.id) + 1];
  if (instead) {
    const made = { ...reworded(sentence, bracketed(text)), sound: true, speaker: '', spans: [] };
    return commit(say('deed_sound', { sound: made.text }), [become(made)], { to: { id: made.id, a: 0, b: 0 } });
  }
  const start = Math.min(sentence.end, next?.start ?? Infinity);
  const end = Math.max(start + SOUND_S, Math.min(next?.start ?? 0, start + 10 * SOUND_S));
  const made = { id: freeId(), start, end, text: bracketed(text), speaker: '', sound: true, spans: [], state: 'edited' };
  return commit(say('deed_sound', { sound: made.text }), [insert(made, sentence.id)], { to: { id: made.id, a: 0, b: 0 } });
}

/** A sound that is speech after all. */
export function speech() {
  const id = currentId(), above = doc.list.slice(0, place(id)).findLast(one => !one.sound);
  commit(say('deed_speech', { id }), [edit(id, { sound: false, speaker: above?.speaker ?? '' })], { to: { id, a: 0, b: 0 } });
}

/** Enter, Backspace and Delete stop the audio first: they belong to the caret. */
export function atRest(act) {
  const spot = caret.at;
  pause(false);
  if (spot) put(spot.id, spot.a, spot.b);
  act();
}
