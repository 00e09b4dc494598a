/* Pass 4: what is still open, each leading to its place; then the transcript is checked. */
import { $, ask, count, here, make, post, say, tellSteps } from '../desk.js';
import { on, tellPerson } from './bus.js';
import { page } from './deeds.js';
import { doc, get } from './document.js';
import { reload } from './merging.js';
import { inView } from './moving.js';
import { stage } from './panels.js';
import { open } from './places.js';
import { again } from './playing.js';
import { tellPass, unheard } from './progress.js';
import { flush, session, waiting } from './saving.js';
import { put } from './text.js';
import { openVoices } from './voices.js';

const list = $('#todo'), by = $('#by'), wrong = $('#by-wrong');
const looked = new Set(); // sentences that a person has looked at because of a point
by.value = localStorage.getItem('hdw-by') ?? by.value;
page.by = by.value;
by.addEventListener('input', () => {
  page.by = by.value.trim();
  localStorage.setItem('hdw-by', page.by);
});

let told = []; // points that the desk knows alone: other languages, chapters

/** Every point: whether it is done, its sentence, and where it leads (a pass, a sentence, or nowhere). */
function points() {
  const voices = openVoices().length, marks = open().length, rest = unheard().length, clashes = doc.locked.size, words = say('unclear');
  const unclear = doc.list.filter(one => one.text.includes(words) && one.state !== 'checked' && !looked.has(one.id));
  return [
    [!voices, voices ? count('voices_open', voices) : say('voices_named'), 't1'],
    [!marks && !doc.looking, doc.looking ? say('looking') : marks ? count('marks_open', marks) : say('marks_none'), 't2'],
    [!rest, rest ? count('unheard', rest) : say('all_heard'), 't3'],
    [!clashes, clashes ? count('clashes', clashes) : say('clashes_none'), 'clash'],
    [!unclear.length, unclear.length ? count('unclear_left', unclear.length, { words }) : say('unclear_none'), unclear[0]?.id],
    [true, count('sounds_told', doc.list.filter(one => one.sound).length)],
    ...told.map(one => [one.done || looked.has(one.first), one.message, one.first]),
  ];
}

/** Ask the desk for what it knows alone. */
async function look() {
  try {
    const found = await ask(`${here}/checklist`);
    told = found.filter(one => ['languages', 'chapters'].includes(one.subject));
  } catch {
    return; // the next time
  }
  draw();
}

function draw() {
  const all = points(), open_ = all.filter(([done]) => !done).length;
  tellPass('n4', open_, !open_);
  if (!open_ && wrong.dataset.points) refuse('');
  if ($('#p4').hidden) return;
  const focused = document.activeElement.closest('#todo li');
  const at = focused ? [...list.children].indexOf(focused) : -1;
  list.replaceChildren(...all.map(([done, text, to]) => {
    const line = make('li', done ? { class: 'ok' } : {}, make('span', {}, text));
    if (!done) {
      const button = make('button', { class: 'btn sm', type: 'button' }, say('show'), make('span', { class: 'vh' }, ` ${say('show_of', { what: text })}`));
      button.addEventListener('click', () => lead(to));
      line.append(button);
    }
    return line;
  }));
  if (at >= 0) (list.children[at].querySelector('button') ?? $('button', list) ?? by).focus();
}

function lead(to) {
  if (/^t\d$/.test(to)) return stage(to, true);
  if (to === 'clash') return $('#to-clash').click();
  looked.add(to);
  if (!get(to)) return look();
  put(to, Math.max(0, get(to).text.indexOf(say('unclear'))));
  inView(to);
  again();
  return draw();
}

const refuse = (sentence, focus, points = '') => {
  wrong.hidden = !sentence;
  wrong.dataset.points = points;
  wrong.textContent = sentence;
  if (sentence) focus?.focus();
};

$('#finish').addEventListener('click', async () => {
  const left = points().filter(([done]) => !done).length;
  if (left) return refuse(count('points_left', left), $('button', list), 'open');
  if (!by.value.trim()) return refuse(say('name_missing'), by);
  refuse('');
  await flush();
  if (waiting().length) return refuse(say('not_saved'), $('#once-more'));
  try {
    tellSteps((await post(`${here}/finish`, { session, by: by.value.trim() })).steps);
    await reload();
  } catch (refusal) {
    return refuse(refusal.advice, by);
  }
  $('#finished').hidden = false;
  $('#finish').classList.remove('primary'); // the next step is
  $('#finished').focus();
  return tellPerson(say('transcript_checked'));
});
on('counted', draw);
on('stage', id => { if (id === 't4') look(); draw(); });
on('saved', () => { if (!$('#p4').hidden) look(); });
on('clashes', draw);
