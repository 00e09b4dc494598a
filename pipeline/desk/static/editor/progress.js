/* How far it is: numbers on the passes, the time line, what was heard. It may lag behind the keys. */
import { $, clock, count, make, say } from '../desk.js';
import { on, tell } from './bus.js';
import { canRedo, canUndo } from './deeds.js';
import { doc, isDone } from './document.js';
import { open } from './places.js';
import { play, playing, rate } from './playing.js';
import { put } from './text.js';
import { openNames, openVoices } from './voices.js';

const LAG_MS = { typed: 400, done: 30 }, MARK = 260;
let due = 0;

/** Say at a pass how much is open there. */
export function tellPass(id, text, done) {
  const box = $(`#${id}`);
  const hidden = say(done ? 'is_done' : typeof text === 'number' ? 'is_open' : 'is_heard');
  box.replaceChildren(String(done ? '✓' : text), make('span', { class: 'vh' }, ` ${hidden}`));
  box.classList.toggle('ok', Boolean(done));
}

const path = sentences => sentences.map(one => `M${one.start} 0H${one.end}V10H${one.start}Z`).join('');

function drawLine() {
  const width = doc.length / MARK, tick = (at, top, height) => `M${at} ${top}h${width}v${height}h-${width}z`;
  $('.track .heard').setAttribute('d', path(doc.list.filter(one => one.state === 'heard')));
  $('.track .checked').setAttribute('d', path(doc.list.filter(one => one.state === 'checked')));
  $('.track .sus').setAttribute('d', open().map(one => tick(one.at, -7, 5)).join(''));
  $('.track .chs').setAttribute('d', doc.chapters.filter(one => one.start).map(one => tick(one.start, 0, 10)).join(''));
}

/** Sentences that somebody has to hear yet. */
export const unheard = () => doc.list.filter(one => !one.sound && !isDone(one));

function drawHeard() {
  const speech = doc.list.filter(one => !one.sound), rest = unheard(), heard = speech.length - rest.length;
  const minutes = Math.ceil(rest.reduce((sum, one) => sum + one.end - one.start, 0) / playing.rate / 60);
  $('#heard').max = speech.length || 1;
  $('#heard').value = heard;
  $('#heard-text').textContent = say('heard_of', { n: heard, all: speech.length, checked: speech.filter(one => one.state === 'checked').length });
  $('#heard-rest').textContent = rest.length ? count('minutes_left', minutes, { rate: rate() }) : say('all_heard');
  $('#go-on').hidden = !rest.length;
  $('#go-on').textContent = rest.length ? say('go_on_at', { time: clock(rest[0].start) }) : '';
  tellPass('n3', speech.length ? `${Math.floor((heard / speech.length) * 100)} %` : '', !rest.length);
}

function draw() {
  const left = open().length, names = openVoices().length + openNames().length;
  tellPass('n1', names, !names);
  if (!doc.looking) tellPass('n2', left, !left);
  drawHeard();
  drawLine();
  for (const [id, can] of [['undo', canUndo()], ['redo', canRedo()]]) $(`#${id}`).setAttribute('aria-disabled', !can);
  tell('counted');
}

/** Draw it soon; at once when nothing is typed. */
function soon(typed) {
  clearTimeout(due);
  due = setTimeout(draw, typed ? LAG_MS.typed : LAG_MS.done);
}

$('#go-on').addEventListener('click', () => {
  const next = unheard()[0];
  if (!next) return;
  put(next.id, 0);
  play(next.start);
});
on('changed', (_ids, typed) => soon(typed));
on('settled', () => soon(false));
on('deed', (_deed, typed) => soon(typed));
on('marks', () => soon(false));
on('speed', () => soon(true));
export { draw };
