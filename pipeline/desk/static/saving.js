/* What is typed goes to the desk, one thing after the other, and the line at the top says so. */
import { here, post, say, timeOfDay } from './desk.js';

const line = document.getElementById('saved');
const AGAIN_MS = 3000;
const waiting = new Map(); // path → how to save it: of two for one field, the newer one holds
const newer = new Map(); // digest of a part → the one that followed, and where its entries stand now
let busy = false, quiet = Promise.resolve();

/** What the line says; `bad` where something is not on the disk. */
export function tell(name, places = {}, bad = false) {
  line.textContent = say(name, places);
  line.classList.toggle('bad', bad);
}

/** Whether something is still to be saved. */
export const pending = () => busy || waiting.size > 0;

/** Save a field as soon as what is before it is saved; `send()` does it, and throws a Refusal. */
export function enqueue(path, send) {
  waiting.set(path, send);
  tell('saving');
  if (!busy) quiet = drain();
  return quiet;
}

/** Where the entries of a list stand after something was done to it; null for the one that is gone. */
export const shifts = {
  add: at => n => (n >= at ? n + 1 : n),
  fill: () => n => n,
  move: (at, to) => n => (n === at ? to : at < n && n <= to ? n - 1 : to <= n && n < at ? n + 1 : n),
  remove: at => n => (n > at ? n - 1 : n === at ? null : n),
};

/** The path of a field once its list was changed so; "" for one that is gone. */
export function shifted(path, shift) {
  const [, key, n, rest] = path.match(/^(\w+)\.(\d+)(.*)$/) || [];
  const to = key ? shift(Number(n)) : 0;
  return !key ? path : to === null ? '' : `${key}.${to}${rest}`;
}

/** A part of one digest became one of another, by what was done here. */
export function renew(was, now, shift) {
  newer.delete(now);
  if (was !== now) newer.set(was, { now, shift });
}

/** The digest that a part has by now, and the path of a field in it, as far as it was changed here alone. */
export function latest(digest, path) {
  while (newer.has(digest)) {
    const { now, shift } = newer.get(digest);
    [digest, path] = [now, shifted(path, shift)];
  }
  return [digest, path];
}

/** One deed at the desk. */
export const deed = (name, path, more = {}, keepalive = false) => post(`${here}/do`, { deed: name, path, ...more }, { keepalive });

async function drain() {
  busy = true;
  let well = true;
  while (waiting.size) {
    const [path, send] = waiting.entries().next().value;
    waiting.delete(path);
    try {
      if ((await send()) === false) well = false;
    } catch (refusal) {
      if (refusal.status) {
        well = false;
        continue;
      }
      if (!waiting.has(path)) waiting.set(path, send); // nobody answered: it stays here, and is tried again
      tell('unsaved', { reason: `${refusal.message} ${say('retry')}` }, true);
      await new Promise(done => setTimeout(done, AGAIN_MS));
    }
  }
  busy = false;
  if (well) tell('saved', { time: timeOfDay() });
  else line.textContent = '';
}

/* Going on to another page of the desk waits for what is on its way; only closing the window asks. */
addEventListener('click', async event => {
  const link = event.target.closest?.('a[href]');
  if (event.defaultPrevented || !link || link.hash || link.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey || !pending()) return;
  event.preventDefault();
  while (pending()) await quiet;
  location.assign(link.href);
});
addEventListener('beforeunload', event => { if (pending()) event.preventDefault(); });
