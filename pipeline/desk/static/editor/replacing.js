/* Replace everywhere, with a preview: one deed, and the spelling may go into the glossary. */
import { $, clock, count, here, make, post, say } from '../desk.js';
import { on, tellPerson } from './bus.js';
import { commit } from './deeds.js';
import { become, doc, finding, get, nameOf, reworded } from './document.js';
import { dropQuestion } from './marks.js';
import { pause } from './playing.js';
import { caret } from './text.js';

const dialog = $('#replacing'), find = $('#find'), fresh = $('#new'), learn = $('#learn'), list = $('#hits');
const AROUND = 40, WAIT_MS = 120;
let hits = [];

/** Open it, with words to look for and what they become. */
export function open(words = '', into = '', learning = false) {
  const given = words || selected();
  pause(false);
  find.value = given || atCaret();
  fresh.value = into;
  learn.checked = learning;
  preview();
  dialog.showModal();
  const first = given && !into ? fresh : find;
  first.focus();
  first.select();
}

function selected() {
  const { id, a, b } = caret.at ?? {};
  return get(id)?.text.slice(a, b) ?? '';
}

/** The word that the caret stands in. */
function atCaret() {
  const { id, a } = caret.at ?? {}, text = get(id)?.text ?? '';
  return text.slice(0, a).match(/[\p{L}\p{N}-]*$/u)[0] + text.slice(a).match(/^[\p{L}\p{N}-]*/u)[0];
}

/** All places: several spellings are parted by commas. */
function search() {
  const spellings = find.value.split(',').map(one => one.trim()).filter(Boolean);
  if (!spellings.length) return [];
  const pattern = finding(spellings, { whole: $('#whole').checked, flags: 'giu' });
  return doc.list.flatMap(one => [...one.text.matchAll(pattern)].map(hit => ({ id: one.id, a: hit.index, b: hit.index + hit[0].length, on: true })));
}

function preview() {
  hits = search();
  list.replaceChildren(...hits.map(line));
  total();
}

function line(hit) {
  const sentence = get(hit.id), box = make('input', { type: 'checkbox', checked: true });
  const where = [clock(sentence.start), sentence.sound ? say('a_sound') : nameOf(sentence.speaker), sentence.state === 'checked' && say('is_checked')];
  box.addEventListener('change', () => { hit.on = box.checked; total(); });
  const context = make('span', { class: 'ctx' }, sentence.text.slice(Math.max(0, hit.a - AROUND), hit.a), make('del', {}, sentence.text.slice(hit.a, hit.b)), ' ');
  if (fresh.value) context.append(make('ins', {}, fresh.value));
  context.append(sentence.text.slice(hit.b, hit.b + AROUND));
  return make('li', {}, make('label', { class: 'check' }, box,
    make('span', {}, make('span', { class: 'muted small' }, where.filter(Boolean).join(' · ')), make('br'), context)));
}

const chosen = () => hits.filter(one => one.on);

function total() {
  const n = chosen().length;
  $('#replace-all').textContent = count('replace', n);
  $('#replace-all').setAttribute('aria-disabled', !n || !fresh.value);
  $('#hit-count').textContent = find.value.trim() ? (hits.length ? count('hits', hits.length) : say('no_hit')) : say('find_what');
}

let due = 0;
for (const one of [find, fresh, $('#whole')]) {
  one.addEventListener('input', () => {
    clearTimeout(due);
    due = setTimeout(preview, WAIT_MS);
  });
}

/** A sentence with its places replaced; what was previewed stays as good as it was. */
function replaced(sentence, own) {
  const keep = sentence.state === 'machine' ? 'edited' : sentence.state;
  return own.toReversed().reduce((made, hit) => reworded(made, made.text.slice(0, hit.a) + fresh.value + made.text.slice(hit.b), keep), sentence);
}

$('#replace-form').addEventListener('submit', event => {
  event.preventDefault();
  clearTimeout(due);
  const was = new Set(hits.filter(one => !one.on).map(one => `${one.id} ${one.a}`));
  hits = search().map(one => ({ ...one, on: !was.has(`${one.id} ${one.a}`) }));
  if (!chosen().length || !fresh.value) return;
  const own = Map.groupBy(chosen(), one => one.id), n = chosen().length, into = fresh.value;
  const spellings = [...new Set(chosen().map(one => get(one.id).text.slice(one.a, one.b)))].filter(one => one !== into);
  const changes = [...own].map(([id, places]) => become(replaced(get(id), places)));
  dialog.close();
  dropQuestion();
  const deed = count('deed_places', n), teach = learn.checked && spellings.length > 0;
  if (commit(deed, changes) && teach) remember(into, spellings, deed);
});

// Undo takes back what is written here; what the glossary has learned stays, so no deed is called by it.
async function remember(term, variants, deed) {
  try {
    await post(`${here}/glossary`, { term, variants });
    tellPerson(`${deed}; ${say('learned')}`);
  } catch (refusal) {
    tellPerson(refusal.advice);
  }
}
on('replace', open);
