/* Chapters while listening: K stops and asks for the title, Enter plays on. */
import { $, $$, clock, make, say } from './desk.js';
import { perform, tellAt } from './parts.js';

const deck = $('#deck'), audio = $('#audio'), play = $('#listen'), position = $('#position');

function draw() {
  const length = audio.duration || Number(position.max);
  position.value = audio.currentTime;
  position.setAttribute('aria-valuetext', say('position', { position: clock(position.value), length: clock(length) }));
  $('#clock').textContent = `${clock(audio.currentTime)} / ${clock(length)}`;
}

/** The recording goes on; by `refresh`, thus not for somebody who has gone elsewhere meanwhile. */
function goOn() {
  audio.play();
  return play;
}

/** A row for a chapter at this moment; it is saved as soon as it has a title. */
function mark() {
  const at = clock(audio.currentTime);
  audio.pause();
  $$('.chap [data-draft]').forEach(left => left.remove());
  const list = $('.chap'), row = $('#chapter-draft').content.cloneNode(true).firstElementChild;
  const [start, title] = $$('input', row);
  start.value = at;
  title.setAttribute('aria-label', say('titleof', { time: at }));
  const later = $$(':scope > li', list).find(one => seconds($('input', one).value) > audio.currentTime);
  list.insertBefore(row, later || null);
  title.focus();
  $('#deck-said').textContent = say('chapterset', { time: at });
  let sent = false;
  const save = async onwards => {
    if (sent) return;
    if (!title.value.trim()) return tellAt('chapter-err', say('chaptertitle'));
    sent = true;
    const done = await perform('add', 'chapters', { value: { start: start.value, title: title.value } }, 'chapter-err', onwards ? goOn : '');
    sent = done !== null;
  };
  row.addEventListener('keydown', event => {
    if (event.key === 'Enter') { event.preventDefault(); save(true); }
    if (event.key === 'Escape') { row.remove(); play.focus(); }
  });
  row.addEventListener('focusout', event => {
    if (row.contains(event.relatedTarget)) return;
    if (title.value.trim()) save(false);
    else if (event.relatedTarget) tellAt('chapter-err', say('chaptertitle'));
  });
  $('[data-discard]', row).addEventListener('click', () => { row.remove(); play.focus(); });
}

const seconds = text => text.split(':').reduce((sum, piece) => sum * 60 + Number(piece.replace(',', '.')), 0);

if (deck) {
  play.addEventListener('click', () => (audio.paused ? audio.play() : audio.pause()));
  for (const name of ['play', 'pause']) audio.addEventListener(name, () => { play.textContent = say(audio.paused ? 'play' : 'pause'); });
  for (const name of ['timeupdate', 'loadedmetadata', 'seeked']) audio.addEventListener(name, draw);
  audio.addEventListener('loadedmetadata', () => { position.max = audio.duration; draw(); });
  audio.addEventListener('error', () => { deck.append(make('p', { class: 'muted small' }, say('noaudio'))); play.disabled = position.disabled = true; }, { once: true });
  position.addEventListener('input', () => { audio.currentTime = Number(position.value); draw(); });
  $('#mark').addEventListener('click', mark);
  deck.addEventListener('keydown', event => {
    if (event.key.toLowerCase() !== 'k' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    mark();
  });
  draw();
}
