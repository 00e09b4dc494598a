/* Publishing: the page is loaded again where another part of it is due; in between only numbers change. */
import { $, $$, ask, here, post, say } from './desk.js';

const page = $('#publish'), WAIT_MS = 700;
const where = page.dataset.target ? `?target=${encodeURIComponent(page.dataset.target)}` : '';
const send = (what, body) => post(`${here}/${what}${where}`, body);
const reload = () => location.reload();

async function look() {
  try {
    const now = await ask(`${here}/state${where}`);
    if (now.phase !== page.dataset.phase) return reload();
    const percent = now.percent == null ? '' : `${now.percent} %`;
    if ($('#percent')) $('#percent').textContent = percent;
    const stages = $$('#stages li'), at = stages.findIndex(one => one.dataset.stage === now.step);
    stages.forEach((one, place) => {
      one.className = place < at ? 'ok' : place === at ? 'on' : '';
      $('.num', one).textContent = place === at ? percent : '';
    });
    if (at >= 0 && $('#said').textContent !== stages[at].textContent) $('#said').textContent = $('span', stages[at]).textContent;
  } catch {
    if ($('#said')) $('#said').textContent = say('lost');
  }
  setTimeout(look, WAIT_MS);
}

$('#release')?.addEventListener('click', async () => { await send('release'); await send('look'); reload(); });
$('#redirect')?.addEventListener('click', async () => { await send('redirect'); await send('look'); reload(); });
$('#again')?.addEventListener('click', async () => { await send('look'); reload(); });
$('#stop')?.addEventListener('click', () => send('stop'));
$('#send')?.addEventListener('click', async event => {
  const really = $$('[name=really]:checked').map(one => one.value);
  try {
    await send('send', { release: event.target.dataset.release, really });
    reload();
  } catch (refusal) {
    $('#refused').hidden = false;
    $('#refused').textContent = `${refusal.message} ${refusal.told?.hint ?? ''}`;
  }
});

if (page.dataset.phase === 'start' && !$('#release')) { await send('look'); reload(); }
if (['looking', 'sending'].includes(page.dataset.phase)) look();
if (['changes', 'result', 'failed'].includes(page.dataset.phase)) $('h2[tabindex]', page)?.focus();
