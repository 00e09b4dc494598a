/* Suspicious places move with their words; one whose words are gone is settled. */
import { doc, finding, get } from './document.js';


/** Places that nobody has looked at, in the order of time. */
export const open = () => [...doc.marks.values()].filter(one => one.open).sort((one, other) => one.at - other.at || one.start - other.start);
export const openIn = id => [...doc.marks.values()].filter(one => one.open && one.sentence === id);

/**
 * After changes: find each place of the sentences again. Returns the keys of those that are settled by it.
 * `before` are the sentences as they were.
 */
export function follow(changes) {
  const touched = new Set(changes.map(one => one.id));
  const settled = [];
  for (const mark of doc.marks.values()) {
    if (!mark.open || !touched.has(mark.sentence)) continue;
    if (!found(mark, changes)) {
      mark.open = false;
      settled.push(mark.key);
    }
  }
  return settled;
}

const known = keys => keys.map(key => doc.marks.get(key)).filter(Boolean);

/** Places that wait again, as far as their words are there. Returns their sentences. */
export function reopen(keys, changes) {
  for (const mark of known(keys)) mark.open = !mark.sentence || found(mark, changes);
  return known(keys).map(one => one.sentence);
}

/** Places that a person leaves as they are. Returns their sentences. */
export function settle(keys) {
  for (const mark of known(keys)) mark.open = false;
  return known(keys).map(one => one.sentence);
}

function found(mark, changes) {
  if (mark.kind === 'speaker') return stays(mark, changes);
  const near = new Set([mark.sentence, ...changes.map(one => one.id)]);
  const spots = [...near].filter(get).flatMap(id => spotsIn(id, mark));
  spots.sort((one, other) => one.far - other.far);
  if (!spots.length) return false;
  Object.assign(mark, { sentence: spots[0].id, start: spots[0].start, end: spots[0].start + mark.word.length });
  return true;
}

/** A doubt about the voice: as long as the sentence has that voice. */
function stays(mark, changes) {
  const change = changes.find(one => one.id === mark.sentence);
  return Boolean(get(mark.sentence)) && (!change?.before || !change.after || change.before.speaker === change.after.speaker);
}

function spotsIn(id, mark) {
  const text = get(id).text;
  if (!mark.word) return id === mark.sentence ? [{ id, start: 0, far: 0 }] : [];
  const elsewhere = id === mark.sentence ? 0 : 1e4;
  return [...text.matchAll(finding([mark.word]))].map(hit => ({ id, start: hit.index, far: elsewhere + Math.abs(hit.index - mark.start) }));
}
