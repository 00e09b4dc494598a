/* Offsets in a sentence ↔ places in the page; the caret. The text of a sentence stays plain. */
import { $ } from '../desk.js';
import { on, tell } from './bus.js';
import { doc, get } from './document.js';

/** Where the caret stands, or stood last: a sentence, and the characters from `a` to `b`. */
export const caret = { at: null };
export const sheet = $('#sheet');
export const field = id => document.getElementById(`s${id}`);
export const idOf = node => (node?.nodeType === Node.TEXT_NODE ? node.parentNode : node)?.closest?.('.txt')?.id.slice(1);
export const inText = () => document.activeElement?.classList.contains('txt');

/** How many characters stand before a place in the page. */
function offset(inside, node, place) {
  if (node === inside.firstChild && node.nodeType === Node.TEXT_NODE) return place;
  const range = document.createRange();
  range.selectNodeContents(inside);
  try {
    range.setEnd(node, place);
  } catch {
    return 0;
  }
  return range.toString().length;
}

/** A range of the page for characters of a sentence. */
export function range(inside, a, b) {
  const made = document.createRange(), walker = document.createTreeWalker(inside, NodeFilter.SHOW_TEXT);
  made.selectNodeContents(inside);
  let passed = 0, begun = false;
  for (let node = walker.nextNode(); node; passed += node.length, node = walker.nextNode()) {
    if (!begun && a <= passed + node.length) {
      made.setStart(node, Math.max(0, a - passed));
      begun = true;
    }
    if (b <= passed + node.length) {
      made.setEnd(node, b - passed);
      break;
    }
  }
  return made;
}

/** Put the caret somewhere; the page is not moved. */
export function put(id, a, b = a) {
  const inside = field(id);
  if (!inside) return;
  const length = inside.textContent.length;
  inside.focus({ preventScroll: true });
  const chosen = range(inside, Math.min(a, length), Math.min(b, length)), selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(chosen);
  caret.at = { id, a: Math.min(a, length), b: Math.min(b, length) };
  current(id);
}

/** Note where the person put the caret. */
export function look() {
  const selection = getSelection();
  if (!selection.rangeCount) return;
  const id = idOf(selection.anchorNode);
  if (!id || document.activeElement !== field(id)) return;
  const inside = field(id), chosen = selection.getRangeAt(0);
  caret.at = { id, a: offset(inside, chosen.startContainer, chosen.startOffset), b: offset(inside, chosen.endContainer, chosen.endOffset) };
  current(id);
}

/** The offset under a point of the screen. */
export function offsetAt(id, x, y) {
  const inside = field(id);
  const position = document.caretPositionFromPoint?.(x, y);
  const old = position ? null : document.caretRangeFromPoint?.(x, y);
  const [node, spot] = position ? [position.offsetNode, position.offset] : [old?.startContainer, old?.startOffset];
  return node && inside.contains(node) ? offset(inside, node, spot) : null;
}

let now = '';

/** The sentence that the person works at; it alone is a stop of the Tab key. */
export const currentId = () => (get(now) ? now : doc.list[0]?.id ?? '');
export function current(id) {
  if (id === now || !field(id)) return;
  for (const [one, on] of [[now, false], [id, true]]) {
    const inside = field(one);
    if (!inside) continue;
    inside.classList.toggle('cur', on);
    inside.tabIndex = on ? 0 : -1;
  }
  now = id;
  tell('current', id);
}

on('place', (spot, show) => {
  if (!spot || !get(spot.id)) return;
  put(spot.id, spot.a, spot.b);
  if (show) tell('in-view', spot.id);
});
on('gone', id => { if (id === now) now = ''; });
document.addEventListener('selectionchange', look);
