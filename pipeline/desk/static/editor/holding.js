/* One window writes. Another window of this browser is told by a lock of the browser, any other one by the desk. */
import { $, $$, here, post, say } from '../desk.js';
import { on } from './bus.js';
import { page } from './deeds.js';
import { doc } from './document.js';
import { flush, session, waiting } from './saving.js';
import { currentId, sheet } from './text.js';

const AGAIN_MS = 30_000, band = $('#held-band'), name = `hdw ${here}`;
let letGo = null;

/** Only reading from now on, or writing again. */
function readOnly(on, holder = '') {
  page.readOnly = on;
  band.hidden = !on;
  $('#held-who').textContent = holder ? say('held_by', { holder }) : say('held');
  document.body.classList.toggle('read-only', on);
  for (const one of $$('.txt', sheet)) {
    if (on) one.setAttribute('aria-readonly', 'true'); else one.removeAttribute('aria-readonly');
  }
}

/** Take the lock of this browser; resolves whether this window has it. */
function lock(options) {
  return new Promise(resolve => {
    if (!navigator.locks) return resolve(true);
    return navigator.locks.request(name, options, got => {
      resolve(Boolean(got));
      return got && new Promise(done => { letGo = done; });
    }).catch(() => readOnly(true)); // another window went on working
  });
}

async function hold(take = false) {
  try {
    await post(`${here}/hold`, { session, by: page.by, take });
    return true;
  } catch (refusal) {
    if (refusal.status === 423) readOnly(true, refusal.told.holder);
    return refusal.status !== 423;
  }
}

export async function open() {
  if (await lock({ ifAvailable: true })) await hold();
  else readOnly(true);
  setInterval(() => { if (!page.readOnly) hold(); }, AGAIN_MS);
}

$('#take').addEventListener('click', async () => {
  await lock({ steal: true });
  if (!(await hold(true))) return;
  readOnly(false);
  await flush();
  if (page.readOnly || waiting().length || doc.locked.size) return;
  location.hash = `s${currentId()}`; // what others did meanwhile, and what can be undone, comes with the page
  location.reload();
});
on('held', holder => readOnly(true, holder));
addEventListener('pagehide', () => letGo?.());
