/* A new episode: a recording is dropped or chosen, sent, and its details open. */
import { $, Refusal, here, say } from './desk.js';
import { refuse } from './working.js';

const drop = $('#drop'), chosen = $('#file'), course = $('#course');
let deep = 0, busy = false;

/** Either a file can be brought, or one is on its way; who works by keyboard is there. */
function bringing(on) {
  const inside = [course, drop].some(one => one.contains(document.activeElement));
  busy = on;
  course.hidden = !on;
  drop.hidden = on;
  if (inside) (on ? course : $('#choose')).focus();
}

function stop(sentence) {
  bringing(false);
  refuse(sentence);
}

/** How far it is; heard once for each step, not for every percent. */
function tell(step, sentence, percent) {
  $('#doing').textContent = sentence;
  $('#progress').value = percent;
  if ($('#said').dataset.step !== step) {
    $('#said').dataset.step = step;
    $('#said').textContent = sentence;
  }
}

function send(file) {
  if (busy) return;
  if (file.size > Number(drop.dataset.limit)) return refuse(say('toolong'));
  refuse('');
  bringing(true);
  const sending = new XMLHttpRequest(); // fetch tells nothing about how much was sent
  sending.open('POST', `${here}/upload?name=${encodeURIComponent(file.name)}`);
  sending.responseType = 'json';
  sending.upload.onprogress = event => tell('sending', say('sending', { name: file.name, percent: Math.floor((100 * event.loaded) / event.total) }), (100 * event.loaded) / event.total);
  sending.upload.onload = () => tell('reading', say('reading', { name: file.name }), 100);
  sending.onerror = () => stop(say('lost'));
  sending.onload = () => {
    const told = sending.response || {};
    if (sending.status === 200) location.assign(told.address);
    else stop(new Refusal(sending.status, told).advice);
  };
  tell('sending', say('sending', { name: file.name, percent: 0 }), 0);
  sending.send(file);
}

const over = on => drop.classList.toggle('over', on);
addEventListener('dragenter', event => { event.preventDefault(); deep += 1; over(true); });
addEventListener('dragleave', () => { deep -= 1; if (!deep) over(false); });
addEventListener('dragover', event => event.preventDefault());
addEventListener('drop', event => {
  event.preventDefault();
  deep = 0;
  over(false);
  const files = event.dataTransfer.files;
  if (files.length > 1) refuse(say('one'));
  else if (files.length) send(files[0]);
});
$('#choose').addEventListener('click', () => chosen.click());
chosen.addEventListener('change', () => { if (chosen.files.length) send(chosen.files[0]); chosen.value = ''; });
