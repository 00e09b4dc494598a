/* Two versions of a sentence, word by word: what goes is struck through, what comes is underlined. */
import { make } from '../desk.js';

/** How long the longest common part of two lists of words is, from each pair of places on. */
function lengths(one, other) {
  const table = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      table[i][j] = one[i] === other[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/** A fragment that shows what makes `after` of `before`. */
export function difference(before, after) {
  const one = before.match(/\S+/g) ?? [], other = after.match(/\S+/g) ?? [], common = lengths(one, other);
  const made = document.createDocumentFragment();
  let i = 0, j = 0, gone = [], come = [];
  const flush = () => {
    if (gone.length) made.append(make('del', {}, gone.join(' ')), ' ');
    if (come.length) made.append(make('ins', {}, come.join(' ')), ' ');
    [gone, come] = [[], []];
  };
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      flush();
      made.append(`${one[i++]} `);
      j++;
    } else if (j >= other.length || (i < one.length && common[i + 1][j] >= common[i][j + 1])) gone.push(one[i++]);
    else come.push(other[j++]);
  }
  flush();
  return made;
}
