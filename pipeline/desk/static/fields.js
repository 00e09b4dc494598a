/* One field of the form: its value, what is wrong with it, its counter. */
import { $, $$, make, say } from './desk.js';

const TYPED = new Set(['text', 'long']); // saved while typing; of a date half typed nothing can be said

/** The elements of a field by its path. */
export const field = path => $(`[data-path="${CSS.escape(path)}"]`);
export const part = element => element.closest('.part');
const inputs = box => $$('input:not([type=file]), textarea, select', box);

/** What is entered in a field, as the desk wants it. */
export function value(box) {
  const [first, second] = inputs(box);
  if (first.type === 'checkbox') return first.checked;
  return second ? `${first.value} ${second.value}`.trim() : first.value;
}

/** Show what stands in the file. */
export function show(box, now) {
  const [first, second] = inputs(box);
  if (first.type === 'checkbox') first.checked = now;
  else if (second) [first.value, second.value] = [now.replace(/\s*\S+$/, ''), now.match(/\S+$/)?.[0] ?? ''];
  else first.value = now;
  counted(first);
}

/** Whether a field can be saved while it is typed in. */
export const flowing = box => TYPED.has(box.dataset.kind || 'text') && inputs(box).length === 1;

/** Say beside a field what is wrong with it; an empty sentence takes that away. */
export function complain(box, sentence) {
  const line = $('.err', box) || $('.err', box.closest('[data-at], .part'));
  box.classList.toggle('bad', !!sentence);
  for (const one of inputs(box)) {
    if (sentence) one.setAttribute('aria-invalid', 'true');
    else one.removeAttribute('aria-invalid');
  }
  const told = document.getElementById(`${box.dataset.path}-err`) || line;
  if (!told) return;
  told.hidden = !sentence;
  told.textContent = sentence;
}

/** What the rules advise. */
export function advise(box, sentence) {
  const told = document.getElementById(`${box.dataset.path}-advice`);
  if (!told) return;
  told.hidden = !sentence;
  told.textContent = sentence;
}

/** The number of characters beside the label. */
export function counted(input) {
  const line = document.getElementById(`${input.id}-count`);
  if (!line) return;
  const n = [...input.value].length;
  line.textContent = input.dataset.most ? say('count', { n, all: input.dataset.most }) : say('characters', { n });
}

/** Two versions of a field: which holds? */
export function ask(box, sentence, ours, theirs, choose) {
  complain(box, sentence);
  const told = document.getElementById(`${box.dataset.path}-err`);
  const mine = make('button', { type: 'button', class: 'btn sm' }, `${say('mine')}: ${ours || '–'}`);
  const other = make('button', { type: 'button', class: 'btn sm' }, typeof theirs === 'string' ? `${say('theirs')}: ${theirs || '–'}` : say('theirs'));
  told.append(' ', make('span', { class: 'row' }, mine, other));
  mine.addEventListener('click', () => { complain(box, ''); choose(true); });
  other.addEventListener('click', () => { complain(box, ''); choose(false); });
  mine.focus();
}
