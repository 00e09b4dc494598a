/* The file was changed from outside: what others did is taken over; where both changed one sentence, a person chooses. */
import { $, $$, ask, here, make, say, timeOfDay } from '../desk.js';
import { on, tell, tellPerson } from './bus.js';
import { commit, without } from './deeds.js';
import { difference } from './difference.js';
import { doc, get, perform, refresh, takeOver } from './document.js';
import { draw, drawAll, tail } from './drawing.js';
import { bring } from './moving.js';
import { follow } from './places.js';
import { rewrite, session, waiting } from './saving.js';
import { field, put, sheet } from './text.js';

const band = $('#clash-band');
let groups = []; // sentences that belong together: ids, as the desk has them, by whom, when

/** Sentences of the desk, with what this window did since on top. */
function outside(sentences, deeds) {
  refresh(sentences);
  for (const deed of deeds) perform(deed.changes);
  for (const group of groups) lay(group);
  drawAll();
}

/** Everything anew from the desk: sentences, places to look at, people, proposals. */
export async function reload() {
  const known = doc.digest, told = await ask(`${here}/document?session=${encodeURIComponent(session)}`);
  if (doc.digest !== known) return reload(); // something was accepted meanwhile: what came may be older
  outside(told.sentences, waiting());
  takeOver(told);
  doc.looking = false;
  for (const deed of waiting()) follow(deed.changes);
  return tell('marks');
}

/** What this window has of a group stands in the text until a person has chosen. */
function lay(group) {
  perform(group.mine.map(([id, after, follows]) => ({ id, after, follows })));
}

const structural = deed => deed.changes.some(one => !one.before || !one.after);

/** Deeds clash with what somebody else did: part them, and ask. */
function clash(told, deeds) {
  const first = deeds[0], ids = new Set(told.conflicts.map(one => one.id));
  if (structural(first)) first.changes.forEach(one => ids.add(one.id));
  for (const deed of deeds) if (structural(deed) && deed.changes.some(one => ids.has(one.id))) deed.changes.forEach(one => ids.add(one.id));
  const theirs = base(told, deeds, ids), parts = structural(first) ? [[...ids]] : [...ids].map(id => [id]);
  const made = parts.map(own => ({
    ids: own,
    mine: own.map(id => [id, get(id) ?? null, follows(id, deeds)]),
    theirs: own.map(id => [id, theirs.get(id) ?? null]),
    said: told.conflicts.find(one => own.includes(one.id)) ?? {},
  }));
  groups.push(...made);
  const left = without([...deeds], ids);
  if (told.sentences) {
    refresh(told.sentences);
    left.forEach(deed => perform(deed.changes));
    made.forEach(lay);
    drawAll();
  }
  ids.forEach(id => doc.locked.add(id));
  for (const deed of left) if (deed === first) deed.key = crypto.randomUUID();
  rewrite(left);
  made.forEach(show);
  tellBand();
  toClash();
}

const follows = (id, deeds) => deeds.flatMap(one => one.changes).find(one => one.id === id)?.follows ?? '';

/** How the desk has some sentences: as it says, else as they were before the first deed that did not arrive. */
function base(told, deeds, ids) {
  const found = new Map();
  for (const deed of deeds) for (const one of deed.changes) if (ids.has(one.id) && !found.has(one.id)) found.set(one.id, one.before);
  for (const one of told.sentences ?? []) if (ids.has(one.id)) found.set(one.id, one);
  for (const one of told.conflicts) found.set(one.id, one.theirs);
  return found;
}

const textOf = pairs => pairs.map(([, one]) => one?.text).filter(Boolean).join(' ');

/** Both versions below the sentence. */
function show(group) {
  const shown = group.ids.map(field).find(Boolean) ?? field(doc.list[0].id), id = shown.id.slice(1);
  const mine = textOf(group.mine), theirs = textOf(group.theirs);
  const box = make('div', { class: 'conf', role: 'group', 'aria-label': say('two_versions', { id: group.ids[0] }) },
    make('strong', {}, say('also_changed')), make('p', { class: 'small muted' }, say('which_holds')));
  const at = group.said.at ? timeOfDay(new Date(group.said.at)) : '';
  const version = (who, text, name, act) => {
    const button = make('button', { class: 'btn sm', type: 'button' }, say(name));
    button.addEventListener('click', () => { act(); settle(group, box, id); });
    box.append(make('div', { class: 'ver' }, make('span', { class: 'by' }, who), make('p', {}, text), button));
  };
  version(say('in_this_window'), mine || say('deleted'), 'mine', () => choose(group, true));
  version([group.said.by || say('elsewhere'), at].filter(Boolean).join(', '), theirs ? difference(mine, theirs) : say('deleted'), 'theirs', () => choose(group, false));
  tail(shown).after(box);
  group.ids.forEach(one => field(one)?.setAttribute('aria-readonly', 'true'));
}

function choose(group, mine) {
  group.ids.forEach(id => {
    doc.locked.delete(id);
    field(id)?.removeAttribute('aria-readonly');
  });
  groups = groups.filter(one => one !== group);
  const now = new Map(group.theirs), laid = group.ids.map(id => ({ id, after: now.get(id), follows: group.mine.find(one => one[0] === id)[2] }));
  perform(laid); // as the desk has it; from there on my version is a deed like any other
  draw(group.ids);
  if (!mine) return tell('changed', group.ids, false);
  const changes = group.mine.filter(([id, one]) => !same(one, now.get(id))).map(([id, after, above]) => ({ id, before: now.get(id) ?? null, after, follows: above }));
  return commit(say('deed_mine', { id: group.ids[0] }), changes);
}

const same = (one, other) => JSON.stringify({ ...one, state: '' }) === JSON.stringify({ ...other, state: '' });

function settle(group, box, id) {
  box.remove();
  tellBand();
  tell('clashes');
  const next = $('.conf button', sheet);
  if (next) next.focus();
  else if (field(id)) put(id, 0);
  else put(doc.list[0].id, 0);
  if (!groups.length) tellPerson(say('decided'));
}

function tellBand() {
  band.hidden = !groups.length;
  tell('clashes');
}

function toClash() {
  const box = $('.conf', sheet);
  if (box) bring(box, 0.3);
}

$('#to-clash').addEventListener('click', () => {
  toClash();
  $$('.conf button', sheet)[0]?.focus({ preventScroll: true });
});
let again = false;
on('look-again', () => { again = true; });
on('saved', () => {
  if (again && !waiting().length) reload();
  again &&= waiting().length > 0;
});
on('outside', outside);
on('clash', clash);
