/* Sentences → page: only what changed is drawn. A sentence is one element; who speaks stands where a turn begins, and
   for the sentence at the pointer or the caret in one element that moves. */
import { $, $$, clock, make, say } from '../desk.js';
import { on, tell } from './bus.js';
import { chapterOf, doc, get, isOpen, isTurn, label, nameOf, place } from './document.js';
import { open, openIn } from './places.js';
import { caret, current, currentId, field, idOf, range, sheet } from './text.js';

const heads = new Map($$('.head', sheet).map(one => [one.dataset.of, one]));
const drawn = new Map(doc.list.map(one => [one.id, one]));
const ranges = new Map();
export const light = Object.fromEntries(['spoken', 'suspect', 'suspect-now', 'foreign'].map(name => {
  const made = window.Highlight ? new Highlight() : new Set();
  if (window.Highlight) CSS.highlights.set(name, made);
  return [name, made];
}));
/** Names of languages by their tags. */
export const tags = JSON.parse($('#languages').textContent);
const languageName = tag => tags[tag] ?? tag;

function built(id) {
  return make('p', { class: 'txt', id: `s${id}`, contenteditable: 'plaintext-only', role: 'textbox', tabindex: -1 });
}

function head(id) {
  const made = make('div', { class: 'head turn', 'data-of': id },
    make('button', { class: 'who', type: 'button', tabindex: -1 }), make('button', { class: 'time', type: 'button', tabindex: -1 }));
  heads.set(id, made);
  return made;
}

function tellHead(made, sentence) {
  const who = $('.who', made), time = $('.time', made), at = clock(sentence.start);
  made.dataset.of = sentence.id;
  if (who) {
    who.hidden = sentence.sound;
    who.textContent = sentence.sound ? '' : nameOf(sentence.speaker);
    who.classList.toggle('open', isOpen(sentence.speaker));
  }
  time.textContent = at;
  time.setAttribute('aria-label', say('play_from', { time: at }));
}

/** Draw a sentence as it is now. */
function paint(sentence) {
  const inside = field(sentence.id) ?? built(sentence.id);
  if (!inside.isConnected) enter(inside, sentence);
  if (inside.textContent !== sentence.text) inside.textContent = sentence.text;
  inside.classList.toggle('sound', sentence.sound);
  const state = ['heard', 'checked'].includes(sentence.state) ? sentence.state : '';
  if (state) inside.dataset.state = state; else delete inside.dataset.state;
  name(inside, sentence);
  paintHead(inside, sentence);
  paintLanguage(inside, sentence);
  paintMarks(sentence.id);
  drawn.set(sentence.id, sentence);
}

function name(inside, sentence) {
  const reasons = [...new Set(openIn(sentence.id).map(one => one.why))].join('; ');
  const parts = [label(sentence), sentence.state === 'checked' && say('is_checked'), reasons && say('is_suspicious', { why: reasons })];
  inside.setAttribute('aria-label', parts.filter(Boolean).join(', '));
}

function paintHead(inside, sentence) {
  const turn = isTurn(sentence), known = heads.get(sentence.id);
  if (turn) {
    const made = known ?? head(sentence.id);
    tellHead(made, sentence);
    if (made.nextElementSibling !== inside) inside.before(made);
  } else if (known) {
    known.remove();
    heads.delete(sentence.id);
  }
}

function paintLanguage(inside, sentence) {
  const known = inside.nextElementSibling?.matches('.lang') ? inside.nextElementSibling : null;
  if (!sentence.spans.length) return known?.remove();
  const shown = sentence.spans.map(([from, to, tag]) => `${languageName(tag)}: „${sentence.text.slice(from, to)}“`).join(' · ');
  if (known) known.textContent = shown; else inside.after(make('span', { class: 'lang' }, shown));
}

/** Wavy lines under what is suspicious, dotted ones under other languages. */
function paintMarks(id) {
  for (const [where, one] of ranges.get(id) ?? []) where.delete(one);
  const sentence = get(id), made = [];
  if (sentence) {
    const inside = field(id);
    for (const mark of openIn(id)) if (mark.end > mark.start) made.push([light.suspect, range(inside, mark.start, mark.end)]);
    for (const [from, to] of sentence.spans) made.push([light.foreign, range(inside, from, to)]);
    made.forEach(([where, one]) => where.add(one));
  }
  ranges.set(id, made);
}

/** What belongs to a sentence and stands below it. */
export function tail(inside) {
  let last = inside;
  while (last.nextElementSibling?.matches('.why, .conf, .lang')) last = last.nextElementSibling;
  return last;
}

/** Put a new sentence into the page: below the one above it, or first in its chapter. */
function enter(inside, sentence) {
  const above = doc.list[place(sentence.id) - 1], chapter = chapterOf(sentence);
  if (above && field(above.id) && chapterOf(above) === chapter) return tail(field(above.id)).after(inside);
  const start = doc.chapters[chapter]?.start ?? 0;
  const parts = $$('.chapter', sheet);
  const part = parts.find(one => Number(one.dataset.start) === start) ?? parts[0];
  return $('.block', part).prepend(inside);
}

function remove(id) {
  const inside = field(id);
  tell('gone', id);
  for (const [where, one] of ranges.get(id) ?? []) where.delete(one);
  ranges.delete(id);
  drawn.delete(id);
  heads.get(id)?.remove();
  heads.delete(id);
  if (!inside) return;
  while (tail(inside) !== inside) inside.nextElementSibling.remove();
  inside.remove();
}

/** Draw sentences, and what depends on them: whether the next one begins a turn. */
export function draw(ids, typed = false) {
  for (const id of ids) if (!get(id)) remove(id);
  for (const id of ids) if (get(id)) paint(get(id));
  if (typed) return;
  for (const id of ids) {
    const next = doc.list[place(id) + 1];
    if (next && field(next.id)) paintHead(field(next.id), next);
  }
  if (ids.some(id => !get(id))) doc.list.filter(one => isTurn(one) !== heads.has(one.id)).forEach(one => paintHead(field(one.id), one));
  if (!get(currentId()) || !field(currentId())?.classList.contains('cur')) current(get(caret.at?.id) ? caret.at.id : doc.list[0]?.id ?? '');
  beside(atCaret, currentId());
  if (heads.has(atPointer.dataset.of)) atPointer.remove();
}

/** Draw whatever is not as it was drawn last. */
export function drawAll() {
  const ids = doc.list.filter(one => drawn.get(one.id) !== one).map(one => one.id);
  draw([...[...drawn.keys()].filter(id => !get(id)), ...ids]);
}

/** Who speaks and when, beside a sentence that begins no turn. */
function beside(made, id) {
  const inside = id && field(id), sentence = id && get(id);
  if (!inside || heads.has(id)) return made.remove();
  tellHead(made, sentence);
  if (made.nextElementSibling !== inside) inside.before(made);
}
const moving = () => {
  const made = head('');
  heads.delete('');
  made.className = 'head';
  return made;
};
const atCaret = moving(), atPointer = moving();
atCaret.classList.add('at-caret');
on('current', id => {
  beside(atCaret, id);
  if (atPointer.dataset.of === id) atPointer.remove();
});
sheet.addEventListener('pointerover', event => {
  const id = idOf(event.target);
  if (id && id !== currentId() && atPointer.dataset.of !== id) beside(atPointer, id);
  else if (id && id !== currentId() && !atPointer.isConnected) beside(atPointer, id);
});

on('changed', draw);
doc.list.filter(one => one.spans.length).forEach(one => paintMarks(one.id));
on('settled', ids => ids.filter(get).forEach(id => { paintMarks(id); name(field(id), get(id)); }));
on('marks', () => {
  const touched = new Set([...ranges.keys(), ...open().map(one => one.sentence)]);
  [...touched].filter(get).forEach(id => { paintMarks(id); name(field(id), get(id)); });
});
