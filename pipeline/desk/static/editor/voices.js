/* Pass 1: whose voice it is, after a moment of listening; spellings that probably mean the same name. */
import { $, $$, clock, count, make, say } from '../desk.js';
import { combobox } from '../combobox.js';
import { newPerson } from './asking.js';
import { on, tell } from './bus.js';
import { commit, page } from './deeds.js';
import { doc, edit, finding, isOpen, nameOf, people } from './document.js';
import { play } from './playing.js';

const box = $('#voices'), names = $('#names');
const CLIPS = 3, LONG = 40, LONGEST_S = 10;
let number = 0;

const spokenBy = speaker => doc.list.filter(one => !one.sound && one.speaker === speaker);
const voices = () => {
  const found = [...new Set(doc.list.filter(one => !one.sound).map(one => one.speaker))];
  return found.sort((one, other) => isOpen(other) - isOpen(one));
};
export const openVoices = () => voices().filter(isOpen);

/** Some sentences of a voice, long enough to know it: from its beginning, middle and end. */
function clips(own) {
  const long = own.filter(one => one.text.length > LONG), from = long.length ? long : own;
  const chosen = new Set(Array.from({ length: CLIPS }, (_, n) => from[Math.round((n * (from.length - 1)) / (CLIPS - 1))]));
  return [...chosen].filter(Boolean);
}

function drawVoice(speaker) {
  const own = spokenBy(speaker), id = `voice-${++number}`;
  const input = make('input', { type: 'text', id, autocomplete: 'off', placeholder: say('type_name') });
  const list = make('div', { class: 'list', role: 'listbox', id: `${id}-list`, 'aria-label': say('people'), hidden: true });
  input.value = isOpen(speaker) ? '' : nameOf(speaker);
  combobox(input, list, {
    options: people,
    fresh: (typed, known) => (known.length ? '' : say('new_person', { name: typed })),
    pick: async option => {
      const chosen = option.fresh ? await newPerson(option.label) : option.value;
      if (!chosen || chosen === speaker) return;
      wanted = chosen;
      give(speaker, chosen);
    },
  });
  const state = isOpen(speaker) ? ['due', 'still_open'] : ['ok', 'assigned'];
  return make('div', { class: 'voice', 'data-speaker': speaker },
    make('div', { class: 'hd' }, make('h3', {}, nameOf(speaker)), make('span', { class: 'muted small' }, say('sentences_are', { n: own.length }))),
    make('div', { class: 'clips' }, ...clips(own).map(clip)),
    make('label', { for: id }, `${say('this_is')} `, make('span', { class: `st ${state[0]}` }, say(state[1]))),
    make('div', { class: 'combo' }, input, list));
}

function clip(sentence) {
  const button = make('button', { type: 'button' }, make('span', { class: 'num small' }, clock(sentence.start)), make('span', { class: 'q' }, sentence.text));
  button.addEventListener('click', () => {
    play(sentence.start, Math.min(sentence.end, sentence.start + LONGEST_S));
    button.classList.add('on');
  });
  return button;
}

function give(speaker, chosen) {
  const own = spokenBy(speaker);
  const settle = [...doc.marks.values()].filter(one => one.open && one.kind === 'speaker' && own.some(s => s.id === one.sentence)).map(one => one.key);
  commit(count('deed_voice', own.length, { who: nameOf(chosen) }), own.map(one => edit(one.id, { speaker: chosen })), { settle });
}

/** How often each spelling stands in the text. */
function counted(spelling) {
  const found = finding([spelling]);
  return doc.list.reduce((n, one) => n + (one.text.match(found)?.length ?? 0), 0);
}

/** Groups that are still spelt in more than one way, and that nobody left as they are. */
export function openNames() {
  return doc.names
    .map(({ key, spellings }) => ({ key, spellings: spellings.map(one => ({ ...one, count: counted(one.text) })) }))
    .filter(({ spellings }) => spellings.slice(1).some(one => one.count) || spellings.filter(one => one.count).length > 1);
}

/** These are names of several people: nobody asks again. */
function leave({ key, spellings }) {
  if (!commit(say('deed_kept', { word: spellings.map(one => one.text).join(', ') }), [], { settle: [key] })) return;
  doc.names = doc.names.filter(one => one.key !== key);
  draw();
  ($('button', names) ?? $('[data-stage="t2"]')).focus();
}

function drawGroup({ key, spellings: group }, n) {
  const made = make('div', { class: 'grpn' }), set = make('fieldset', {}, make('legend', {}, say('which_spelling')));
  const button = make('button', { class: 'btn sm', type: 'button' });
  const right = () => $(`input:checked`, made).value;
  const wrong = () => group.filter(one => one.text !== right() && one.count);
  const tellButton = () => { button.textContent = count('look_and_replace', wrong().reduce((sum, one) => sum + one.count, 0)); };
  group.forEach((one, at) => {
    if (!one.count && at) return;
    const radio = make('input', { type: 'radio', name: `spelling-${n}`, value: one.text, checked: !at });
    const known = one.known ? ` · ${say(one.count ? 'in_glossary' : 'from_glossary')}` : '';
    set.append(make('label', { class: 'check' }, radio, make('span', {}, one.text), make('span', { class: 'muted num' }, `${one.count} ×${known}`)));
    radio.addEventListener('change', tellButton);
  });
  button.addEventListener('click', () => tell('replace', wrong().map(one => one.text).join(', '), right(), true));
  made.append(set, button);
  if (key) {
    const keep = make('button', { class: 'btn sm', type: 'button', disabled: page.readOnly }, say('keep'));
    keep.addEventListener('click', () => leave({ key, spellings: group }));
    made.append(' ', keep);
  }
  tellButton();
  return made;
}

let drawn = '', wanted = '';

/** Draw the pass if it is open and anything of it has changed; the keyboard stays where it was. */
function draw() {
  if ($('#p1').hidden) return;
  const groups = openNames(), found = voices();
  const now = JSON.stringify([found.map(one => [nameOf(one), spokenBy(one).length]), groups, page.readOnly]);
  if (now === drawn) return;
  drawn = now;
  const focused = wanted || document.activeElement.closest('.voice')?.dataset.speaker;
  box.replaceChildren(...found.map(drawVoice));
  for (const input of $$('input', box)) input.disabled = page.readOnly;
  names.replaceChildren(...groups.map(drawGroup));
  $('#names-none').hidden = groups.length > 0;
  if (focused) $$('.voice', box).find(one => one.dataset.speaker === focused)?.querySelector('input').focus();
  wanted = '';
}
on('stage', draw);
on('counted', draw);
on('paused', () => $$('.clips .on').forEach(one => one.classList.remove('on')));
