/* Taking back: one way by a button, the other by the title typed out. */
import { $, ask, here, post } from './desk.js';

const page = $('#withdraw'), form = $('#for-good'), field = $('#title'), wrong = $('#title-err'), WAIT_MS = 700;

async function wait() {
  const { busy } = await ask(`${here}/state`);
  if (busy) setTimeout(wait, WAIT_MS);
  else location.reload();
}
if ('busy' in page.dataset) wait();
else $('.note[tabindex]', page)?.focus();

$('#back')?.addEventListener('click', async () => { await post(`${here}/back`); location.reload(); });
form?.addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await post(`${here}/for-good`, { title: field.value });
    location.reload();
  } catch (refusal) {
    wrong.hidden = false;
    wrong.textContent = refusal.message;
    field.setAttribute('aria-invalid', 'true');
    field.closest('.field').classList.add('bad');
    field.focus();
  }
});
