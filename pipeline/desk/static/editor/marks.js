/* Suspicious places: one after the other, the question at the word; the list beside is the overview. */
import { $, $$, clock, count, make, say } from '../desk.js';
import { on, tell, tellPerson } from './bus.js';
import { commit, page } from './deeds.js';
import { become, doc, drop, freeId, get, insert, nameOf, place, reworded, sentenceAt } from './document.js';
import { light, tail } from './drawing.js';
import { inView } from './moving.js';
import { open } from './places.js';
import { play, playing } from './playing.js';
import { caret, field, put, range } from './text.js';
import { timeAt } from './times.js';

const list = $('#marks'), BEFORE_S = 1.5, AFTER_S = 1;
/** What leaving a place as it is means, by its kind. */
const KEEP = { number: 'keep_number', invention: 'keep_said', silence: 'keep_said', unheard: 'keep_empty', speaker: 'keep_person' };
const MADE_UP = new Set(['invention', 'silence', 'loop']);
let asked = null; // the place in question, and whether the person has typed there

export const askedIn = id => asked?.at === id;
export const typed = id => { if (asked?.at === id) asked.typed = true; };
const keepWords = mark => say(KEEP[mark.kind] ?? 'keep');
const wordOf = mark => (mark.word && get(mark.sentence) ? get(mark.sentence).text.slice(mark.start, mark.end) : '');

/** Where a place stands in the text: its sentence, or the one before a gap. */
const standsAt = mark => mark.sentence || sentenceAt(mark.at)?.id;
const orderOf = mark => [place(standsAt(mark)), mark.sentence ? mark.start : Infinity];
const later = (one, other) => one[0] - other[0] || one[1] - other[1];

/** No place is in question any more. */
export function dropQuestion() {
  if (!asked) return;
  light['suspect-now'].clear();
  $('#sheet .why')?.remove();
  $('#marks [aria-current]')?.removeAttribute('aria-current');
  asked = null;
}

/** The next place after the caret, or the one before; round and round. */
export function nextMark(step) {
  const places = open().sort((one, other) => later(orderOf(one), orderOf(other)));
  if (!places.length) {
    dropQuestion();
    return tellPerson(say(doc.looking ? 'looking' : 'no_mark'));
  }
  const from = asked ? asked.order : caret.at ? [place(caret.at.id), caret.at.a - (caret.at.a ? 0 : 1)] : [-1, 0];
  const next = step > 0 ? places.find(one => later(orderOf(one), from) > 0) ?? places[0]
    : places.findLast(one => later(orderOf(one), from) < 0) ?? places.at(-1);
  return ask(next);
}

/** Ask about a place: its word is selected and heard. */
function ask(mark) {
  dropQuestion();
  const id = standsAt(mark), sentence = get(id), inside = field(id);
  if (!sentence) return;
  put(id, mark.sentence ? mark.start : sentence.text.length, mark.sentence ? mark.end : sentence.text.length);
  asked = { mark, at: id, order: orderOf(mark), typed: false };
  if (mark.sentence && mark.end > mark.start) light['suspect-now'].add(range(inside, mark.start, mark.end));
  tail(inside).after(question(mark, sentence));
  inView(id);
  showInList(mark.key);
  tellPerson(count('marks_left', open().length, { why: mark.why }));
  const [from, to] = mark.sentence ? [timeAt(sentence, mark.start), timeAt(sentence, mark.end)] : [mark.at, mark.at + 3];
  play(from - BEFORE_S, to + AFTER_S);
  playing.placed = true; // typing belongs to the place, although what comes before it is still being heard
}

function question(mark, sentence) {
  const meant = mark.suggestion && mark.kind !== 'loop' ? ` · ${say('meant', { word: mark.suggestion })}` : '';
  const box = make('div', { class: 'why' }, make('span', {}, make('strong', {}, mark.why), meant));
  const button = (words, act, key = '', more = '') => {
    const made = make('button', { class: 'btn sm', type: 'button' }, make('span', {}, words));
    if (key) made.append(make('kbd', {}, key));
    if (more) made.append(make('span', { class: 'vh' }, more));
    made.addEventListener('pointerdown', event => event.preventDefault());
    made.addEventListener('click', act);
    box.append(made);
  };
  const word = wordOf(mark);
  if (mark.suggestion && mark.sentence) {
    button(mark.kind === 'loop' ? say('strike_loop') : say('take_word', { word: mark.suggestion }), () => take(mark), say('tab_enter'));
    const same = alike(word, mark);
    if (same) button(count('replace', same + 1), () => tell('replace', word, mark.suggestion, true));
  }
  if (MADE_UP.has(mark.kind) && mark.sentence) button(say('delete_sentence'), () => strike(mark), mark.suggestion ? '' : say('tab_enter'));
  if (!mark.sentence) button(say('write_here'), () => write(mark, sentence), say('tab_enter'));
  if (mark.kind === 'speaker') button(say('change_person'), () => tell('who', mark.sentence), '@');
  button(keepWords(mark), accept, 'Enter');
  return box;
}

function alike(word, mark) {
  return word ? doc.list.filter(one => one.id !== mark.sentence && one.text.split(/[^\p{L}\p{N}-]+/u).includes(word)).length : 0;
}

/** Take over what may be meant, and on. */
function take(mark) {
  const sentence = get(mark.sentence), { suggestion, start, end } = mark;
  const text = sentence.text.slice(0, start) + suggestion + sentence.text.slice(end);
  const spot = { id: sentence.id, a: start + suggestion.length, b: start + suggestion.length };
  commit(say('deed_replaced', { word: suggestion }), [become(reworded(sentence, text))], { settle: [mark.key], to: spot });
  nextMark(1);
}

function strike(mark) {
  const at = place(mark.sentence), next = doc.list[at + 1] ?? doc.list[at - 1];
  if (next) commit(say('deed_deleted', { id: mark.sentence }), [drop(mark.sentence)], { settle: [mark.key], to: { id: next.id, a: 0, b: 0 } });
  nextMark(1);
}

/** A sentence where somebody speaks and no text stands; it is kept once something is typed. */
function write(mark, sentence) {
  if (page.readOnly) return tellPerson(say('read_only'));
  const next = doc.list[place(sentence.id) + 1], start = Math.max(sentence.start, mark.at);
  const end = Math.max(start + 1, Math.min(next?.start ?? doc.length, start + 10));
  const made = { id: freeId(), start, end, text: '', speaker: sentence.sound ? '' : sentence.speaker, sound: false, spans: [], state: 'edited' };
  dropQuestion();
  return commit(say('deed_new', { id: made.id }), [insert(made, sentence.id)], { settle: [mark.key], to: { id: made.id, a: 0, b: 0 } });
}

/** Leave it as it is, or go on after typing. */
export function accept() {
  if (!asked) return;
  const { mark, at } = asked, word = wordOf(mark);
  if (mark.open) commit(word ? say('deed_kept', { word }) : say('deed_kept_at', { what: keepWords(mark), id: at }), [], { settle: [mark.key] });
  else if (asked.typed) tellPerson(say('changed', { id: at }));
  nextMark(1);
}

function showInList(key) {
  const line = $(`[data-key="${CSS.escape(key)}"]`, list);
  if (!line) return;
  line.setAttribute('aria-current', 'true');
  for (const box of [list, $('#p2'), $('.panel')]) {
    if (box.scrollHeight <= box.clientHeight + 2 || getComputedStyle(box).overflowY !== 'auto') continue;
    box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight * 0.4;
    break;
  }
}

/** The list of all places, those that are done as well. */
function drawList() {
  const all = [...doc.marks.values()].sort((one, other) => one.at - other.at);
  list.replaceChildren(...all.map(mark => {
    const word = mark.kind === 'speaker' && get(mark.sentence) ? `${nameOf(get(mark.sentence).speaker)}?` : wordOf(mark) || say('no_text');
    return make('li', { 'data-key': mark.key }, make('button', { type: 'button' }, make('time', {}, clock(mark.at)),
      make('span', { class: 'w' }, word), make('span', { class: 'st' }), make('span', { class: 'r' }, mark.why)));
  }));
  tellStates();
}

function tellStates() {
  for (const line of $$('li', list)) {
    const mark = doc.marks.get(line.dataset.key), state = $('.st', line);
    if (!mark || line.classList.contains('done') === !mark.open) continue;
    line.classList.toggle('done', !mark.open);
    state.className = mark.open ? 'st' : 'st ok';
    state.textContent = mark.open ? '' : say('done');
  }
  const left = open().length;
  $('#marks-count').textContent = doc.looking ? say('looking') : left ? say('marks_of', { n: left, all: doc.marks.size }) : say('marks_done');
  $('#marks-how').hidden = !left;
}

list.addEventListener('click', event => {
  const mark = doc.marks.get(event.target.closest('li')?.dataset.key);
  if (!mark) return;
  if (mark.open) return ask(mark);
  const id = standsAt(mark);
  if (id) { put(id, 0); inView(id); }
});
/** What was typed has settled the place: what was offered is past, and Enter only goes on. */
function passed() {
  if (!asked?.typed || asked.mark.open) return;
  const offers = $$('#sheet .why button');
  offers.slice(0, -1).forEach(one => one.remove());
  $('span', offers.at(-1)).textContent = say('next_place');
}

on('marks', drawList);
on('changed', passed);
on('counted', tellStates);
on('current', id => { if (asked && asked.at !== id) dropQuestion(); });
on('gone', id => { if (asked?.at === id) dropQuestion(); });
