/* What changes outside appears here; what the rules find stands at its field, and beside its section. */
import { $, $$, ask as look, here, say, tellSteps, timeOfDay } from './desk.js';
import { advise, complain, field, show, value } from './fields.js';
import { page, partOf, refresh, reveal } from './parts.js';
import { deed, enqueue, pending } from './saving.js';

const WAIT_MS = 2000, SOON_MS = 400;
const open = new Map(); // path → what has to be mended there
let soon;

const joined = (told, must) => told.filter(one => one.must === must).map(one => [one.text, one.hint].filter(Boolean).join(' ')).join(' ');

/** What still has to be mended at a field; "" for nothing. */
export const due = path => open.get(path) || '';

/** Whether a field says nothing yet. */
const empty = box => { const inputs = $$('input, textarea, select', box); return inputs.length > 0 && value(box) === ''; };

async function see(force = false) {
  const told = await look(`${here}/state?${new URLSearchParams(force ? {} : { was: page.digest })}`);
  if (!told.keys || pending()) return;
  const outside = Object.keys(told.keys).filter(key => partOf(key) && partOf(key).dataset.digest !== told.keys[key]);
  await taken(outside.filter(key => !typing(partOf(key))));
  page.digest = told.digest;
  judged(told);
}

/** Whether somebody is at a field of this part with something that is not saved, or is asked which version holds. */
const typing = part => $('.err button', part) || (part.contains(document.activeElement) && document.activeElement.dataset.dirty === 'yes');

/** Load what changed outside, say so, and offer the way back. */
async function taken(keys) {
  if (!keys.length) return;
  const before = new Map(keys.map(key => [key, partOf(key).dataset.kind === 'list' || !field(key) || $('.chips', partOf(key)) ? undefined : value(field(key))]));
  for (const key of keys) await refresh(key);
  const fields = keys.map(key => partOf(key).dataset.label).join(', ');
  const time = timeOfDay();
  $('#outside').hidden = false;
  $('#outside-said').textContent = say('outside', { fields, time });
  const back = [...before].filter(([, was]) => was !== undefined);
  const undo = $('#outside-undo').cloneNode(true);
  $('#outside-undo').replaceWith(undo);
  undo.hidden = back.length < keys.length;
  undo.addEventListener('click', () => {
    $('#outside').hidden = true;
    for (const [key, was] of back) {
      enqueue(key, async () => {
        const done = await deed('fill', key, { value: was, was: partOf(key).dataset.digest });
        partOf(key).dataset.digest = done.digest;
        page.digest = done.file;
        show(field(key), done.value);
        return true;
      }).then(() => see(true));
    }
  });
}

function judged(told) {
  open.clear();
  for (const [path, problems] of Object.entries(told.problems)) open.set(path, joined(problems, true));
  for (const box of $$('[data-path]', $('#form'))) {
    const path = box.dataset.path;
    advise(box, joined(told.problems[path] || [], false));
    if (box.dataset.refused || $('.err button', box) || box.contains(document.activeElement)) continue;
    const quiet = empty(box) && !box.dataset.left;
    complain(box, quiet ? '' : due(path));
  }
  for (const [section, [state, word]] of Object.entries(told.toc)) {
    const shown = $(`.toc a[href="#section-${section}"] .st`);
    shown.className = `st ${state}`;
    shown.textContent = word;
  }
  tellSteps(told.steps);
  if ($('.ep h1')) $('.ep h1').textContent = told.title;
  back();
}

/** Where “Check” sent somebody: the field, what is wrong with it, and whether it still is. */
let asked = null;
function back() {
  if (asked) $('#back-said').textContent = say(due(asked.dataset.path) ? 'missing' : 'done');
}

function land() {
  const path = decodeURIComponent(location.hash.slice(1)).replace(/\[(\d+)\]/g, '.$1').replace(/(pictures\.\d+)\.rights$/, '$1.licence');
  for (let steps = path.split('.'); steps.length && path; steps.pop()) {
    const box = field(steps.join('.'));
    if (!box) continue;
    asked = box;
    box.dataset.left = 'yes';
    reveal(box);
    complain(box, due(box.dataset.path));
    const first = $('input:not([type=file]), textarea, select', box) || $('input:not([type=file]), textarea, select, button', box.closest('.part'));
    first?.focus();
    box.scrollIntoView({ block: 'center' });
    break;
  }
  back();
}

addEventListener('desk:saved', () => {
  clearTimeout(soon);
  soon = setTimeout(() => see(true).catch(() => {}), SOON_MS);
});

const sections = $$('.sec');
const seen = new IntersectionObserver(() => {
  const at = sections.filter(one => one.getBoundingClientRect().top < innerHeight / 3).at(-1) || sections[0];
  for (const link of $$('.toc a')) {
    if (link.hash === `#${at.id}`) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}, { threshold: [0, 0.1, 0.5, 1] });
sections.forEach(one => seen.observe(one));

async function watch() {
  try {
    if (!pending() && document.visibilityState === 'visible') await see();
  } catch {
    // the desk is away: what is typed says so itself
  }
  setTimeout(watch, WAIT_MS);
}

see(true).catch(() => {}).then(() => { if (location.hash && !location.hash.startsWith('#section-')) land(); setTimeout(watch, WAIT_MS); });
