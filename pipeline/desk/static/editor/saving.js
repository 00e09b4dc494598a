/* Deeds on their way to the desk. Whatever is not accepted stays here and is sent again; nothing is dropped unseen. */
import { $, here, post, say, timeOfDay } from '../desk.js';
import { on, tell, tellPerson } from './bus.js';
import { doc } from './document.js';
import { close, page } from './deeds.js';

const TYPING_MS = 1000, LONGEST_MS = 10_000, AGAIN_MS = [1000, 2000, 5000, 10_000];
const KEPT_ALIVE = 60_000; // bytes that a browser sends for a page that is gone
const line = $('#saved'), band = $('#failed-band');
let queue = [], flying = null, timer = 0, since = 0, failures = 0;

export const session = sessionStorage.getItem('hdw-session') ?? crypto.randomUUID();
sessionStorage.setItem('hdw-session', session);
export const waiting = () => queue;

on('deed', (deed, typed) => {
  if (!queue.includes(deed)) queue.push(deed);
  since ||= Date.now();
  show('saving');
  clearTimeout(timer);
  timer = setTimeout(flush, typed && Date.now() - since < LONGEST_MS ? TYPING_MS : 0);
});

function show(state, places) {
  line.textContent = say(state, places);
  line.classList.toggle('bad', state === 'not_saved');
}

/** Send what waits. Resolves when the desk has answered. */
export function flush() {
  clearTimeout(timer);
  if (!flying && queue.length && !page.readOnly) flying = send().finally(() => { flying = null; if (queue.length && !failures) flush(); });
  return flying ?? Promise.resolve();
}

async function send() {
  const deeds = [...queue];
  close(new Set(deeds.map(one => one.key)));
  since = 0;
  try {
    accepted(await post(`${here}/deeds`, { session, deeds }, { headers: { 'if-match': doc.digest } }));
  } catch (refusal) {
    failed(refusal);
  }
}

function accepted(answer) {
  const keys = new Set(answer.accepted);
  queue = queue.filter(one => !keys.has(one.key));
  doc.digest = answer.digest;
  doc.nextId = Math.max(doc.nextId, answer.next_id);
  failures = 0;
  band.hidden = true;
  if (answer.sentences) tell('outside', answer.sentences, queue);
  rest();
  tell('saved');
}

/** Nothing waits: since when. */
function rest() {
  if (!queue.length) show('saved', { time: timeOfDay() });
}

function failed(refusal) {
  const { status, told } = refusal;
  if (status === 409 && told.conflicts) {
    accepted({ ...told, sentences: null });
    tell('clash', told, queue);
    return;
  }
  show('not_saved');
  if (status === 423) return tell('held', told.holder);
  failures++;
  band.hidden = false;
  const refused = status === 422 || status === 400;
  $('#failed-why').textContent = say('not_saved_why', { why: refusal.advice });
  $('#as-stored').hidden = !refused;
  if (!refused) timer = setTimeout(flush, AGAIN_MS[Math.min(failures, AGAIN_MS.length) - 1]);
}

/** Other deeds wait from now on: the one that clashed was parted. */
export function rewrite(deeds) {
  queue = deeds;
  failures = 0;
  if (queue.length) flush(); else rest();
}

/** Save now, and say so. */
export async function saveNow() {
  failures = 0;
  await flush();
  if (!queue.length) tellPerson(say('all_saved'));
}

$('#once-more').addEventListener('click', saveNow);
$('#as-stored').addEventListener('click', () => {
  queue = [];
  band.hidden = true;
  location.reload();
});
addEventListener('blur', () => { if (!failures) flush(); });
document.addEventListener('visibilitychange', () => { if (document.hidden && !failures) flush(); });
addEventListener('beforeunload', event => { if (failures && queue.length) event.preventDefault(); });
addEventListener('pagehide', () => {
  const beacon = (what, body) => {
    const text = JSON.stringify(body);
    fetch(`${here}/${what}`, {
      method: 'POST', body: text, keepalive: text.length < KEPT_ALIVE,
      headers: { 'content-type': 'application/json', 'if-match': doc.digest },
    }).catch(() => {});
  };
  if (page.readOnly) return;
  if (queue.length) beacon('deeds', { session, deeds: queue });
  beacon('release', { session });
});
