/* Progress of recognition: asked again and again while it runs. */
import { $, $$, here, post, say, tellSteps } from './desk.js';
import { act, follow, tell } from './working.js';

const job = $('#job'), bricks = $$('.course i'), bar = $('#bar'), said = $('#said');
const WAIT_MS = 1000;

function draw(now) {
  const was = job.dataset.state;
  job.dataset.state = now.state;
  for (const part of $$('[data-when]', job)) part.hidden = !part.dataset.when.split(' ').includes(now.state);
  $('#left').textContent = now.left;
  for (const name of ['heard', 'pace', 'counts', 'message']) {
    const place = $(`#${name}`);
    place.textContent = now[name];
    if (place.matches('dd')) place.parentElement.hidden = !now[name];
  }
  $('#message').hidden = now.state !== 'failed';
  const laid = now.share * bricks.length;
  bricks.forEach((brick, place) => {
    brick.className = laid >= place + 1 ? 'done' : '';
    brick.style.setProperty('--part', `${Math.max(0, Math.min(1, laid - place)) * 100}%`);
  });
  bar.setAttribute('aria-valuenow', now.percent);
  bar.setAttribute('aria-valuetext', now.left);
  if (was !== now.state) {
    tellSteps(now.steps);
    tell(said, now.left);
    if (document.activeElement === document.body) $(now.state === 'done' ? '#next' : '[data-when]:not([hidden]):is(button)', job)?.focus();
  }
}

for (const [id, address, words] of [['start', 'start', ''], ['go-on', 'start', 'goeson'], ['stop', 'stop', 'stopped']]) {
  act($(`#${id}`), async () => {
    draw(await post(`${here}/${address}`));
    if (words) tell(said, say(words));
  });
}
follow('state', WAIT_MS, draw);
