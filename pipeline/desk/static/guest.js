/* The file for a guest: made in the background; the answer is noted by a form. */
import { $, ask, here, post } from './desk.js';
import { sending } from './forms.js';

const WAIT_MS = 700;

async function wait() {
  const { busy, percent } = await ask(`${here}/state`);
  if (!busy) return location.reload();
  $('#percent').textContent = percent == null ? '' : `${percent} %`;
  setTimeout(wait, WAIT_MS);
}
if ('busy' in $('#guest').dataset) wait();

$('#make')?.addEventListener('click', async () => { await post(`${here}/make`); location.reload(); });
sending($('#answer'), 'answer', () => location.reload());
