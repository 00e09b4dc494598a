/* Another recording: the page is loaded again where another part of it is due; handing over is new.js. */
import { $, ask, here, post, say } from './desk.js';

const page = $('#replace'), phase = page.dataset.phase, WAIT_MS = 1000;

function refuse(refusal) {
  $('#refused').hidden = false;
  $('#refused').textContent = `${refusal.message} ${refusal.told?.hint ?? ''}`;
}

const act = (id, address, body = {}) => $(id)?.addEventListener('click', async () => {
  try {
    await post(`${here}/${address}`, body);
    location.reload();
  } catch (refusal) {
    refuse(refusal);
  }
});
act('#finish', 'finish');
act('#go', 'go');
act('#go-short', 'go?short');
act('#drop-it', 'drop');
act('#take', 'take', { recording: $('#take')?.dataset.recording });
$('#stop')?.addEventListener('click', async () => {
  await post(`${here}/stop`);
  $('#stop').disabled = true;
});

async function look() {
  try {
    const now = await ask(`${here}/state`);
    if (now.phase !== phase) return location.reload();
    if ($('#heard')) {
      $('#heard').value = now.percent;
      if ($('#left').textContent !== now.left) $('#left').textContent = $('#progress-said').textContent = now.left;
    }
  } catch (refusal) {
    refuse(refusal.status ? refusal : { message: say('lost') });
  }
  setTimeout(look, WAIT_MS);
}

if (['hearing', 'taking'].includes(phase)) look();
$('h2[tabindex]', page)?.focus();
