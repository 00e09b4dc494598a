/* People, topics, pictures and every other list: entries are added, moved, removed. */
import { $, $$, here, post, say } from './desk.js';
import { combobox } from './combobox.js';
import { part } from './fields.js';
import { onPart, page, partOf, perform, refresh, tellAt } from './parts.js';
import { enqueue } from './saving.js';

const PICTURE_MS = 120000;

onPart(box => {
  $$('[data-combo]', box).forEach(input => propose(box, input));
  $$('.chips button', box).forEach(chip => chip.addEventListener('click', () => takeOut(chip.closest('[data-path]'), Number(chip.dataset.at))));
  $$('[data-remove]', box).forEach(button => button.addEventListener('click', () => remove(box, button)));
  $$('[data-move]', box).forEach(button => button.addEventListener('click', () => move(box, button)));
  $$('[data-upload]', box).forEach(upload);
  $('[data-new]', box)?.addEventListener('click', () => draft(box));
  $$('[data-draft] [data-discard]', box).forEach(button => button.addEventListener('click', () => refresh(box.dataset.key, `${box.dataset.key}-add`)));
});

/* ---------- proposals ---------- */

function propose(box, input) {
  const field = input.closest('.field'), kind = input.dataset.fresh;
  const all = JSON.parse($('[data-options]', field).textContent);
  const names = { person: 'freshperson', topic: 'freshtopic', text: 'freshtext' };
  const taken = () => new Set($$('.chips button', field).map(chip => chip.firstChild.textContent.trim()));
  combobox(input, document.getElementById(input.dataset.combo), {
    options: () => all.filter(one => !taken().has(one.label)),
    pick: option => chosen(box, input, option),
    fresh: (name, same) => (names[kind] && !(same.length && kind !== 'person') ? say(same.length ? 'freshnamesake' : names[kind], { name }) : ''),
  });
}

async function chosen(box, input, option) {
  const key = box.dataset.key, path = input.id === 'people-add' ? 'people' : input.closest('[data-path]').dataset.path;
  input.value = '';
  try {
    const value = option.fresh && input.dataset.fresh === 'person' ? (await post(`${here}/person`, { name: option.label })).value : option.value || option.label;
    if (path === 'people') await perform('add', key, { value: { person: value } }, 'people-add-err', input.id);
    else await change(box, path, `${path}-err`, input.id, names => [...names, value]);
  } catch (refusal) {
    tellAt(path === 'people' ? 'people-add-err' : `${path}-err`, refusal.advice);
  }
}

const takeOut = (field, at) => change(part(field), field.dataset.path, `${field.dataset.path}-err`, field.dataset.path, names => names.filter((_, n) => n !== at));

/** A list of names at the top gains or loses an entry; one inside an entry is written as a whole. */
async function change(box, path, told, focus, made) {
  const field = $(`[data-path="${CSS.escape(path)}"]`, box);
  const before = $$('.chips button', field).map(chip => chip.dataset.value);
  const after = made(before);
  const gone = before.findIndex((one, n) => one !== after[n]);
  if (path !== box.dataset.key) await perform('fill', box.dataset.key, { path, value: after }, told, focus);
  else if (after.length > before.length) await perform('add', path, { value: after.at(-1) }, told, focus);
  else await perform('remove', path, { at: gone }, told, focus);
}

/* ---------- entries ---------- */

const entry = button => button.closest('[data-at]');
const place = button => Number(entry(button).dataset.at);
const whole = key => `${key}-err`;

function remove(box, button) {
  const others = $$('[data-remove]', box), at = others.indexOf(button);
  const key = box.dataset.key;
  perform('remove', key, { at: place(button) }, whole(key), fresh => {
    const left = $$('[data-remove]', fresh);
    return left[Math.min(at, left.length - 1)] || document.getElementById(`${key}-add`) || document.getElementById('mark');
  });
}

function move(box, button) {
  const key = box.dataset.key, at = place(button);
  perform('move', key, { at, to: at + Number(button.dataset.move) }, whole(key), (fresh, done) => {
    const moved = $(`[data-at="${done.at}"]`, fresh);
    return moved && ($('[data-move]', moved) || $('[data-remove]', moved));
  });
}

function draft(box) {
  const made = $('[data-draft]', box);
  made.hidden = false;
  $('input, textarea, select', made).focus();
}

/* ---------- pictures ---------- */

function upload(button) {
  const path = button.dataset.upload, chooser = document.getElementById(`${path}-file`);
  button.addEventListener('click', () => chooser.click());
  chooser.addEventListener('change', () => {
    const [file] = chooser.files;
    chooser.value = '';
    if (file) bring(part(button).dataset.key, path, file);
  });
}

async function bring(key, path, file) {
  const told = path === 'pictures' ? 'pictures-file-err' : `${path}-err`;
  tellAt(told, '');
  if (file.size > Number($('#form').dataset.picture)) return tellAt(told, say('large'));
  await enqueue(`picture ${path}`, async () => {
    const asked = new URLSearchParams({ path, name: file.name, was: partOf(key).dataset.digest });
    try {
      const done = await post(`${here}/picture/upload?${asked}`, file, { signal: AbortSignal.timeout(PICTURE_MS) });
      page.digest = done.file;
      await refresh(key, path === 'pictures' ? `pictures.${done.at}.alt` : path);
      dispatchEvent(new Event('desk:saved'));
      return true;
    } catch (refusal) {
      if (!refusal.status) throw refusal;
      if (refusal.status === 409) await refresh(key);
      tellAt(told, refusal.advice);
      return false;
    }
  });
}
