/* The preview beside the findings: loaded again whenever it was built anew. */
import { $, $$, ask, here, say } from './desk.js';

const frame = $('#frame'), inside = $('iframe', frame), state = $('#preview-state');
const WAIT_MS = 1000;
let shown = -1;

async function look() {
  try {
    const now = await ask(`${here}/state`);
    state.textContent = now.busy ? say('making') : now.error || say('fresh');
    if (now.address && now.number !== shown && !now.busy) {
      shown = now.number;
      inside.src = now.address;
      $('#alone').href = now.address;
      $('#alone').hidden = frame.hidden = false;
    }
  } catch {
    state.textContent = say('lost');
  }
  setTimeout(look, WAIT_MS);
}

for (const button of $$('[data-view]')) {
  button.addEventListener('click', () => {
    frame.classList.toggle('phone', button.dataset.view === 'phone');
    $$('[data-view]').forEach(other => other.setAttribute('aria-pressed', other === button));
  });
}
look();
