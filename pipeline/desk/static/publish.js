/* Publishing: the page is loaded again where another part of it is due; in between only numbers change. */
import { $, $$, here, post } from './desk.js';
import { act, again, attempt, follow, lead, tell } from './working.js';

const page = $('#publish'), WAIT_MS = 700;
const where = page.dataset.target ? `?target=${encodeURIComponent(page.dataset.target)}` : '';
const send = (what, body) => post(`${here}/${what}${where}`, body);
const look = async () => { await send('look'); await again(); };

function draw(now) {
  if (now.phase !== page.dataset.phase) return again();
  const percent = now.percent == null ? '' : `${now.percent} %`;
  if ($('#percent')) $('#percent').textContent = percent;
  const stages = $$('#stages li'), at = stages.findIndex(one => one.dataset.stage === now.step);
  stages.forEach((one, place) => {
    one.className = place < at ? 'ok' : place === at ? 'on' : '';
    $('.num', one).textContent = place === at ? percent : '';
  });
  if (at >= 0) tell($('#said'), $('span', stages[at]).textContent);
  return null;
}

for (const what of ['release', 'redirect']) act($(`#${what}`), async () => { await send(what); await look(); });
act($('#again'), look);
act($('#stop'), async () => { await send('stop'); $('#stop').disabled = true; });
act($('#send'), async () => {
  await send('send', { release: $('#send').dataset.release, really: $$('[name=really]:checked').map(one => one.value) });
  await again();
});

if (page.dataset.phase === 'start' && !$('#release')) attempt(look);
if (['looking', 'sending'].includes(page.dataset.phase)) follow(`state${where}`, WAIT_MS, draw);
if (['changes', 'result', 'failed'].includes(page.dataset.phase)) lead($('h2[tabindex]', page));
