/* The form saves itself, field by field: while typing where that means something, else when a field is left. */
import { $, $$, say, timeOfDay } from './desk.js';
import { ask, complain, counted, field, flowing, part, show, value } from './fields.js';
import { page, refresh, tellAt } from './parts.js';
import { deed, enqueue, latest, renew, shifts, tell } from './saving.js';
import { due } from './watching.js';
import './lists.js';
import './chapters.js';

const PAUSE_MS = 800;
const form = $('#form');
const timers = new Map();

const boxOf = target => target.closest?.('[data-path]:not([data-names])');

form.addEventListener('submit', event => event.preventDefault());
form.addEventListener('input', event => {
  const box = boxOf(event.target);
  if (!box || event.target.type === 'file') return;
  event.target.dataset.dirty = 'yes';
  delete box.dataset.refused;
  if (event.target.getAttribute('aria-invalid')) complain(box, '');
  counted(event.target);
  if (event.target.matches('select, [type=checkbox]') || flowing(box)) later(box, event.target.matches('select, [type=checkbox]') ? 0 : PAUSE_MS);
});
form.addEventListener('focusout', event => {
  const box = boxOf(event.target);
  if (!box || box.contains(event.relatedTarget)) return;
  box.dataset.left = 'yes';
  if ($$('[data-dirty=yes]', box).length) save(box.dataset.path);
  else if (!box.dataset.refused) complain(box, due(box.dataset.path));
});
form.addEventListener('keydown', event => {
  if (event.key === 'Enter' && event.target.matches('input[type=text]:not([role=combobox])')) event.target.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
});
form.addEventListener('click', event => {
  const clear = event.target.closest('[data-clear]');
  if (clear) whole('fill', part(clear), {});
});

function later(box, wait) {
  const path = box.dataset.path;
  clearTimeout(timers.get(path));
  timers.set(path, setTimeout(() => save(path), wait));
}

function save(path) {
  clearTimeout(timers.get(path));
  timers.delete(path);
  const box = field(path);
  if (!box) return;
  const together = box.closest('[data-draft]') || box.closest('[data-group]:not([data-written])');
  if (together) return complete(together, box);
  const wanted = value(box), was = part(box).dataset.digest;
  $$('[data-dirty]', box).forEach(one => { one.dataset.dirty = 'no'; });
  enqueue(path, () => sent(path, wanted, was)).then(() => dispatchEvent(new Event('desk:saved')));
}

/** Write one field; false where it was refused. `was` is the digest of its part when it was typed in. */
async function sent(typed, wanted, was) {
  const [known, path] = latest(was, typed), box = field(path);
  if (!box) return true; // its entry was removed since
  const around = part(box), key = around.dataset.key;
  try {
    const told = await deed('fill', path, { value: wanted, was: known });
    const from = Number(path.split('.')[1]), moved = told.at !== null && told.at !== from;
    const shift = moved ? shifts.move(from, told.at) : shifts.fill();
    renew(told.before, told.digest, shift);
    around.dataset.digest = told.digest;
    page.digest = told.file;
    delete box.dataset.refused;
    if (path.endsWith('.title')) $$('[data-name]', box.closest('[data-at]') || box).forEach(one => { one.textContent = ` ${told.value}`; });
    if (moved) await refresh(key, '', shift);
    else if (value(box) === wanted && !box.contains(document.activeElement)) show(box, told.value);
    return true;
  } catch (refusal) {
    if (!refusal.status) throw refusal;
    if (refusal.status !== 409) refused(box, refusal.advice);
    else await conflict(path, wanted, refusal);
    return false;
  }
}

/** The field was changed elsewhere too: both versions stand there until somebody chooses. */
async function conflict(path, wanted, { told, message }) {
  const key = part(field(path)).dataset.key;
  if (path !== key) await refresh(key); // another entry may stand there by now
  const box = field(path);
  if (!box) return tellAt(`${key}-err`, say('unsaved', { reason: String(wanted) }));
  ask(box, message, String(wanted), told.value, mine => {
    if (mine) enqueue(path, () => sent(path, wanted, told.digest));
    else refresh(key, path).then(() => tell('saved', { time: timeOfDay() }));
  });
}

function refused(box, sentence) {
  box.dataset.refused = sentence;
  if (!box.contains(document.activeElement) || box.dataset.left) complain(box, sentence);
}

/** A group or a new entry is written as soon as it has what it needs. */
function complete(together, left) {
  const around = part(together), names = {};
  for (const box of $$('[data-path]', together)) {
    if (!$$('input, textarea, select', box).length) continue;
    names[box.dataset.path.split('.').at(-1)] = box.matches('[data-names]') ? $$('.chips button', box).map(chip => chip.dataset.value) : value(box);
  }
  if (together.matches('[data-group]') && Object.values(names).every(one => !one || !one.length)) return;
  if (together.contains(document.activeElement) && lacking(together)) return;
  whole(together.matches('[data-draft]') ? 'add' : 'fill', around, names, left);
}

/** Whether something that is needed is still empty; then there is time until the entry is left. */
const lacking = together => $$('[data-need] input, [data-need] textarea, [data-need] select', together).some(one => !one.value);

function whole(name, around, names, left) {
  const key = around.dataset.key;
  enqueue(key, async () => {
    try {
      const told = await deed(name, key, { value: names, ...(name === 'fill' ? { was: around.dataset.digest } : {}) });
      page.digest = told.file;
      const at = document.activeElement.id;
      await refresh(key, around.contains(document.activeElement) ? at : '');
      return true;
    } catch (refusal) {
      if (!refusal.status) throw refusal;
      const box = field(refusal.told.field || '') || left;
      if (refusal.status === 409) await refresh(key);
      else if (box) { box.dataset.left = 'yes'; refused(box, refusal.advice); }
      return false;
    }
  }).then(() => dispatchEvent(new Event('desk:saved')));
}

/* ---------- on to the next step, and away ---------- */

let warned = false;
$('#next').addEventListener('click', event => {
  const wrong = $$('[aria-invalid=true]', form);
  if (wrong.length && !warned) {
    event.preventDefault();
    warned = true;
    wrong[0].focus();
    $('#foot').textContent = say('openones', { n: wrong.length });
  }
});

/** What was typed last goes out although the page does not wait any more. */
addEventListener('pagehide', () => {
  for (const path of timers.keys()) {
    const box = field(path);
    if (box && !box.closest('[data-draft], [data-group]:not([data-written])')) deed('fill', path, { value: value(box), was: part(box).dataset.digest }, true).catch(() => {});
  }
});
