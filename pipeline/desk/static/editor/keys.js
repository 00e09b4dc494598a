/* One table drives what keys do, the hints on buttons and the help. */
import { $, $$ } from '../desk.js';
import * as acts from './acts.js';
import * as asking from './asking.js';
import { redo, undo } from './deeds.js';
import { doc, get, place } from './document.js';
import * as marks from './marks.js';
import { inView } from './moving.js';
import * as playing from './playing.js';
import * as replacing from './replacing.js';
import { saveNow } from './saving.js';
import { caret, currentId, field, inText, look, offsetAt, put, range, sheet } from './text.js';

const mac = /mac/i.test(navigator.userAgentData?.platform || navigator.platform) && !navigator.maxTouchPoints;
const table = JSON.parse($('#keys').textContent);
const ORDER = ['Control', 'Alt', 'Shift', 'Meta'];
const named = key => {
  const parts = key.split('+').map(one => (one === 'Mod' ? (mac ? 'Meta' : 'Control') : one));
  return [...ORDER.filter(one => parts.slice(0, -1).includes(one)), parts.at(-1)].join('+');
};
const actions = new Map(table.flatMap(row => (mac ? row.mac.keys : row.keys).map(key => [named(key), row.does])));
if (mac) {
  for (const hint of $$('[data-key]')) {
    const row = table.find(one => one.does === hint.dataset.key);
    hint.textContent = hint.closest('.ktbl') ? row.mac.shown : row.mac.cap;
  }
}

/** A key that is only taken in the text; what it does may leave it to the browser by `false`. */
const inSentence = act => event => (inText() && !asking.isOpen() ? act(event) : false);
const atStart = act => inSentence(event => (caret.at.a || caret.at.b ? false : act(event)));
const moved = () => { if (playing.playing.on) playing.playing.placed = true; };
const goTo = (id, a) => {
  put(id, a);
  inView(id);
};

const DO = {
  play: playing.toggle,
  back: () => playing.back(),
  again: playing.again,
  next: () => marks.nextMark(1),
  previous: () => marks.nextMark(-1),
  faster: () => playing.faster(1),
  slower: () => playing.faster(-1),
  check: acts.check,
  enter: inSentence(() => (marks.askedIn(caret.at.id) ? marks.accept() : acts.atRest(acts.split))),
  join: atStart(() => acts.atRest(() => acts.join())),
  join_next: inSentence(() => {
    const sentence = get(caret.at.id), next = doc.list[place(sentence.id) + 1];
    if (caret.at.a !== sentence.text.length || !next) return false;
    return acts.atRest(() => acts.join(next.id));
  }),
  who: atStart(() => asking.open('who', caret.at.id)),
  person: () => asking.open('who'),
  language: () => asking.open('language'),
  sound: () => asking.open('sound'),
  split: acts.split,
  join_this: () => acts.join(),
  unclear: acts.unclear,
  remove: acts.remove,
  replace: () => replacing.open(),
  undo,
  redo,
  save: saveNow,
  keys: () => $('#help').showModal(),
  up: inSentence(() => vertical(-1)),
  down: inSentence(() => vertical(1)),
  left: inSentence(() => {
    moved();
    const above = doc.list[place(caret.at.id) - 1];
    return caret.at.b || !above ? false : goTo(above.id, above.text.length);
  }),
  right: inSentence(() => {
    moved();
    const next = doc.list[place(caret.at.id) + 1];
    return caret.at.a < get(caret.at.id).text.length || !next ? false : goTo(next.id, 0);
  }),
  home: inSentence(() => { moved(); put(caret.at.id, 0); }),
  end: inSentence(() => { moved(); put(caret.at.id, get(caret.at.id).text.length); }),
  first: inSentence(() => goTo(doc.list[0].id, 0)),
  last: inSentence(() => goTo(doc.list.at(-1).id, doc.list.at(-1).text.length)),
};

let goal = null, goalAt = 0;
const GOAL_MS = 1500;

/** A line up or down; at the edge of a sentence into the next one. The caret's line is that of the letter after it:
 *  where a line wraps, the caret's own box lies. */
function vertical(step) {
  moved();
  const { id, a } = caret.at, inside = field(id), length = inside.textContent.length;
  const from = a < length ? a : Math.max(0, a - 1), boxes = length ? [...range(inside, from, Math.min(length, from + 1)).getClientRects()] : [];
  const letter = boxes[a < length ? 0 : boxes.length - 1], whole = inside.getBoundingClientRect();
  const spot = letter ? { left: a < length ? letter.left : letter.right, top: letter.top, bottom: letter.bottom } : whole;
  const edge = letter ? (step > 0 ? spot.bottom > whole.bottom - 16 : spot.top < whole.top + 16) : true;
  if (!edge) {
    goal = null;
    return false;
  }
  const to = doc.list[place(id) + step];
  if (!to) return false;
  if (goal === null || performance.now() - goalAt > GOAL_MS) goal = spot.left;
  goalAt = performance.now();
  inView(to.id);
  const other = field(to.id).getBoundingClientRect(), line = parseFloat(getComputedStyle(inside).lineHeight) / 2;
  const at = offsetAt(to.id, Math.max(other.left + 14, Math.min(goal, other.right - 8)), step > 0 ? other.top + line : other.bottom - line);
  return put(to.id, at ?? (step > 0 ? 0 : to.text.length));
}

function pressed(event) {
  const held = ORDER.filter(one => event.getModifierState(one));
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // Shift is part of a letter that is typed, but not of one that commands
  return [...(held.length === 1 && held[0] === 'Shift' && event.key.length === 1 ? [] : held), key].join('+');
}

addEventListener('keydown', event => {
  if (event.isComposing || $('dialog[open]')) return;
  if (asking.isOpen()) {
    if (event.key === 'Escape') {
      event.preventDefault();
      asking.close(true);
    }
    return;
  }
  if (event.defaultPrevented || (event.key === 'Escape' && $('.pop:popover-open'))) return;
  if (inText()) look();
  const does = event.key === '@' ? 'who' : actions.get(pressed(event)); // AltGr reports Ctrl and Alt with it
  if (!does || (event.target.matches('[type=text]') && ['undo', 'redo'].includes(does))) return;
  if (DO[does](event) !== false) event.preventDefault();
});

document.addEventListener('click', event => {
  const button = event.target.closest('[data-do]');
  if (!button) return;
  DO[button.dataset.do](event);
  if (button.closest('.sent') && !asking.isOpen() && !inText()) put(currentId(), caret.at?.id === currentId() ? caret.at.a : 0);
});
for (const one of $$('.player [data-do], .sent [data-do], .tools [data-do], #p2 [data-do]')) {
  one.addEventListener('pointerdown', event => event.preventDefault());
}
sheet.addEventListener('click', event => {
  const head = event.target.closest('.head');
  if (!head || !get(head.dataset.of)) return;
  if (event.target.closest('.time')) playing.play(get(head.dataset.of).start);
  else if (event.target.closest('.who')) asking.open('who', head.dataset.of);
});
