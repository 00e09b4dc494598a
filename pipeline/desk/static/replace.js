/* Another recording: the page is loaded again where another part of it is due; handing over is new.js. */
import { $, here, post } from './desk.js';
import { act, again, follow, lead, tell } from './working.js';

const page = $('#replace'), phase = page.dataset.phase, WAIT_MS = 1000;
const acts = {
  finish: 'finish', go: 'go', 'go-short': 'go?short', 'drop-it': 'drop', take: 'take',
};
for (const [id, address] of Object.entries(acts)) {
  const button = $(`#${id}`);
  act(button, async () => { await post(`${here}/${address}`, { recording: button.dataset.recording }); await again(); });
}
act($('#stop'), async () => { await post(`${here}/stop`); $('#stop').disabled = true; });

function draw(now) {
  if (now.phase !== phase) return again();
  if (!$('#heard')) return null;
  $('#heard').value = now.percent;
  for (const one of [$('#left'), $('#progress-said')]) tell(one, now.left);
  return null;
}

if (['hearing', 'taking'].includes(phase)) follow('state', WAIT_MS, draw);
lead($('h2[tabindex]', page));
