/* Every change goes through here: it is carried out, can be taken back, and is handed on to be saved. */
import { say } from '../desk.js';
import { tell, tellPerson } from './bus.js';
import { doc, get, perform } from './document.js';
import * as places from './places.js';
import { caret } from './text.js';

const earlier = deed => ({ deed, earlier: true }); // done in a window before this one
const undone = doc.redo.map(earlier), done = doc.undo.map(earlier);
const MOST = 200;
export const page = { readOnly: false, by: '' };
const newKey = () => crypto.randomUUID();

export const canUndo = () => done.length > 0;
export const canRedo = () => undone.length > 0;

/**
 * Do something: `changes` as document.js makes them. `merge`: what is typed on and on is one deed as long as it
 * was not sent. `caret`: where it stands afterwards; `settle`: places that the person leaves as they are.
 * Returns whether it was done.
 */
export function commit(name, changes, { merge = '', settle = [], to = null, quiet = false } = {}) {
  const own = changes.filter(one => !doc.locked.has(one.id));
  if (refused(changes, own) || !(own.length || settle.length)) return false;
  const from = caret.at;
  perform(own);
  const settled = [...settle, ...places.follow(own)], looked = places.settle(settle);
  const top = done.at(-1);
  if (merge && top?.merge === merge && !top.sent && !undone.length) grow(top, own, settled, to);
  else {
    const deed = { key: newKey(), kind: 'do', name, by: page.by, of: '', changes: own, settled, reopened: [] };
    done.push({ deed, from, to, merge });
    if (done.length > MOST) done.shift();
    tell('deed', deed, Boolean(merge));
  }
  undone.length = 0;
  tell('changed', own.map(one => one.id), Boolean(merge));
  if (looked.length) tell('settled', looked);
  if (to) tell('place', to);
  if (!quiet) tellPerson(name);
  return true;
}

function refused(changes, own) {
  if (page.readOnly) tellPerson(say('read_only'));
  else if (changes.length && !own.length) tellPerson(say('choose_first'));
  return page.readOnly || (changes.length && !own.length);
}

/** The deed that is being typed says what was before it, and what is now. */
function grow(entry, changes, settled, to) {
  for (const change of changes) {
    const known = entry.deed.changes.find(one => one.id === change.id);
    if (known) known.after = change.after; else entry.deed.changes.push(change);
  }
  entry.deed.settled.push(...settled);
  entry.to = to;
  tell('deed', entry.deed, true);
}

/** What was typed so far is finished: the next key begins another deed. */
export function close(keys) {
  for (const entry of done) if (keys.has(entry.deed.key)) entry.sent = true;
}

export const undo = () => step(done, undone, 'undo');
export const redo = () => step(undone, done, 'redo');

function step(from, to, kind) {
  const entry = from.at(-1);
  if (!entry) return tellPerson(say(`nothing_to_${kind}`));
  if (page.readOnly) return tellPerson(say('read_only'));
  if (entry.deed.changes.some(one => doc.locked.has(one.id))) return tellPerson(say('choose_first'));
  const back = kind === 'undo', { deed } = entry;
  entry.merge = '';
  to.push(from.pop());
  const changes = deed.changes.map(one => ({ ...one, before: now(one.id, back ? one.after : one.before), after: back ? one.before : one.after }));
  perform(changes);
  const [settle, reopen] = back ? [deed.reopened, deed.settled] : [deed.settled, deed.reopened];
  places.follow(changes);
  const looked = [...places.settle(settle), ...places.reopen(reopen, changes)];
  tell('deed', { key: newKey(), kind, name: deed.name, by: page.by, of: deed.key, changes, settled: settle, reopened: reopen }, false);
  tell('changed', changes.map(one => one.id), false);
  tell('settled', looked);
  if (entry.earlier || reopen.some(key => !doc.marks.has(key))) tell('look-again'); // this window knows only the places there are now
  const spot = (back ? entry.from : entry.to) ?? { id: (changes.find(one => get(one.id)) ?? { id: '' }).id, a: 0, b: 0 };
  tell('place', spot, true);
  tellPerson(say(kind === 'undo' ? 'undone' : 'redone', { name: deed.name }));
}

/** What stands there, with what it is worth by now; `known` where nothing does. */
const now = (id, known) => get(id) ?? known;

/** A sentence was heard to its end: kept, and never taken back. */
export function note(name, change) {
  if (page.readOnly || doc.locked.has(change.id)) return;
  perform([change]);
  tell('deed', { key: newKey(), kind: 'note', name, by: page.by, of: '', changes: [change], settled: [], reopened: [] }, true);
  tell('changed', [change.id], true);
}

/** Take changes of some sentences out of deeds: somebody else changed these. Deeds that are empty then go. */
export function without(deeds, ids) {
  for (const deed of deeds) deed.changes = deed.changes.filter(one => !ids.has(one.id));
  const empty = new Set(deeds.filter(one => !one.changes.length && !one.settled.length && !one.reopened.length));
  for (const stack of [done, undone]) stack.splice(0, stack.length, ...stack.filter(one => !empty.has(one.deed)));
  return deeds.filter(one => !empty.has(one));
}
