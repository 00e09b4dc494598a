/* The preview beside the findings: loaded again whenever it was built anew. */
import { $, $$, say } from './desk.js';
import { follow, tell } from './working.js';

const frame = $('#frame'), inside = $('iframe', frame);
const WAIT_MS = 1000;
let shown = -1;

function draw(now) {
  tell($('#preview-state'), now.busy ? say('making') : now.error || say('fresh'));
  if (!now.address || now.number === shown || now.busy) return;
  shown = now.number;
  inside.src = now.address;
  $('#alone').href = now.address;
  $('#alone').hidden = frame.hidden = false;
}

for (const button of $$('[data-view]')) {
  button.addEventListener('click', () => {
    frame.classList.toggle('phone', button.dataset.view === 'phone');
    $$('[data-view]').forEach(other => other.setAttribute('aria-pressed', other === button));
  });
}
follow('state', WAIT_MS, draw);
