/* A small layer at a sentence that asks one thing: who speaks, which language, which sound. */
import { $, here, post, say } from '../desk.js';
import { combobox } from '../combobox.js';
import { on, tellPerson } from './bus.js';
import { assign, language, sound, speech } from './acts.js';
import { page } from './deeds.js';
import { addPerson, get, people } from './document.js';
import { tags } from './drawing.js';
import { view } from './moving.js';
import { pause } from './playing.js';
import { current, currentId, field, put, sheet } from './text.js';

const layer = $('#asking'), input = $('#asking-field'), list = $('#asking-list');
const sounds = say('sounds').split(', ');
let asked = null; // what is asked, and of which sentence

const QUESTIONS = {
  who: {
    options: () => people().filter(one => one.value !== get(asked.id)?.speaker),
    fresh: (typed, known) => (known.length ? '' : say('new_person', { name: typed })),
    async pick(option, event, id) {
      const speaker = option.fresh ? await newPerson(option.label) : option.value;
      if (speaker) assign(id, speaker, event.shiftKey);
    },
  },
  language: {
    options: () => [
      ...(get(asked.id).spans.length ? [{ value: '', label: say('no_language') }] : []),
      ...Object.entries(tags).map(([value, label]) => ({ value, label })),
    ],
    fresh: () => '',
    pick: (option, _event, id, selected) => {
      put(id, ...selected);
      language(option.value, option.label);
    },
  },
  sound: {
    options: () => [...(get(asked.id).sound ? [{ value: 'speech', label: say('is_speech') }] : []), ...sounds.map(one => ({ value: one, label: one }))],
    fresh: (typed, known) => (known.length ? '' : say('new_sound', { name: typed })),
    pick: (option, event) => (option.value === 'speech' ? speech() : sound(option.label, event.shiftKey)),
  },
};

/** Somebody who has no file yet: made by the desk; "" where that was refused. */
export async function newPerson(name) {
  if (page.readOnly) return '';
  try {
    const made = await post(`${here}/people`, { name });
    addPerson(made);
    return made.id;
  } catch (refusal) {
    tellPerson(refusal.advice);
    return '';
  }
}

const box = combobox(input, list, {
  options: () => QUESTIONS[asked.kind].options(),
  fresh: (typed, known) => QUESTIONS[asked.kind].fresh(typed, known),
  pick(option, event) {
    const { kind, id, selected } = asked;
    close();
    put(id, ...selected);
    QUESTIONS[kind].pick(option, event, id, selected);
  },
});

/** Ask about a sentence. */
export function open(kind, id = currentId()) {
  const inside = field(id);
  if (!inside) return;
  if (page.readOnly) return tellPerson(say('read_only'));
  if (kind === 'who' && get(id).sound) return tellPerson(say('sound_has_no_person'));
  const selection = getSelection(), chosen = selection.rangeCount && inside.contains(selection.anchorNode);
  pause(false);
  current(id);
  asked = { kind, id, selected: chosen ? selectedIn(inside, selection.getRangeAt(0)) : [0, 0] };
  layer.hidden = false;
  const inner = inside.getBoundingClientRect(), outer = sheet.getBoundingClientRect();
  layer.style.left = `${Math.max(0, Math.min(inner.left - outer.left, outer.width - layer.offsetWidth))}px`;
  layer.style.top = `${inner.bottom - outer.top + 4}px`;
  $('#asking-what').textContent = say(`ask_${kind}`, { id });
  $('#asking-tip').textContent = say(`tip_${kind}`);
  input.value = '';
  input.focus({ preventScroll: true });
  box.open();
  const [, bottom] = view(), low = layer.getBoundingClientRect().bottom;
  if (low > bottom) scrollBy(0, low - bottom + 16);
}

function selectedIn(inside, chosen) {
  const before = chosen.cloneRange();
  before.selectNodeContents(inside);
  before.setEnd(chosen.startContainer, chosen.startOffset);
  const from = before.toString().length;
  return [from, from + chosen.toString().length];
}

/** Close it; the caret goes `back` to where it was. */
export function close(back = false) {
  if (layer.hidden) return;
  layer.hidden = true;
  box.close();
  if (back) put(asked.id, ...asked.selected);
}

export const isOpen = () => !layer.hidden;
layer.addEventListener('focusout', event => {
  if (!layer.contains(event.relatedTarget)) setTimeout(() => { if (!layer.contains(document.activeElement)) close(); });
});
on('who', id => open('who', id));
