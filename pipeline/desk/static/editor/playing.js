/* Hearing: the recording, the word that is spoken, turning pages, and what counts as heard. */
import { $, $$, clock, say } from '../desk.js';
import { on, tell, tellPerson } from './bus.js';
import { note } from './deeds.js';
import { become, chapterOf, doc, get, isDone, label, place, sentenceAt } from './document.js';
import { light } from './drawing.js';
import { bring, inView, turnPage } from './moving.js';
import { openIn } from './places.js';
import { caret, currentId, field, put, range, sheet } from './text.js';
import { spokenAt, timeAt } from './times.js';

const sound = $('#audio'), button = $('#play'), slider = $('#position'), toCurrent = $('#to-current');
const SPEEDS = $$('#speed option').map(one => Number(one.value));
const BACK_S = 1.5, SLACK_S = 0.3, EDGE_S = 0.05, QUIET_MS = 4000;
/** `placed`: the person put the caret while it plays; `run`: since when it plays without a jump. */
export const playing = { on: false, rate: 1.4, stop: null, run: 0, placed: false, follow: true };
export const audio = { now: () => sound?.currentTime ?? 0, there: Boolean(sound) };
const number = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1 });
export const rate = () => number.format(playing.rate);
let spoken = '', seen = 0;

/** Play from a moment on; up to `stop`, else to the end. */
export function play(from, stop = null) {
  if (!sound) return tellPerson(say('no_recording'));
  sound.currentTime = Math.max(0, Math.min(doc.length - 0.1, from));
  Object.assign(playing, { run: sound.currentTime, stop, placed: false, follow: true });
  seen = sound.currentTime;
  toCurrent.hidden = true;
  if (!playing.on) start();
  show();
  if (spoken) turnPage(spoken);
}

function start() {
  playing.on = true;
  sound.playbackRate = playing.rate;
  sound.play().catch(error => {
    if (error.name === 'AbortError') return;
    pause(false);
    tellPerson(say('cannot_play'));
  });
  document.body.classList.add('playing');
  button.firstElementChild.textContent = say('pause');
  requestAnimationFrame(frame);
}

/** Stop; the caret goes to the spoken word if `move`. */
export function pause(move = true) {
  if (!playing.on) return;
  hear(seen, audio.now());
  seen = audio.now();
  playing.on = false;
  playing.stop = null;
  sound.pause();
  document.body.classList.remove('playing');
  button.firstElementChild.textContent = say('play');
  toCurrent.hidden = true;
  tell('paused');
  show(true);
  if (!move) return;
  const sentence = sentenceAt(audio.now());
  if (sentence) {
    put(sentence.id, spokenAt(sentence, audio.now())[0]);
    inView(sentence.id);
  }
}

/** Play or pause: earlier by a breath; from the caret where that stands in another sentence. */
export function toggle() {
  if (playing.on) return pause(sheet.contains(document.activeElement) || document.activeElement === document.body);
  const sentence = caret.at && get(caret.at.id), now = sentenceAt(audio.now());
  if (sentence && sentence.id !== now?.id) return play(timeAt(sentence, Math.max(0, sentence.text.lastIndexOf(' ', caret.at.a - 1))));
  return play(audio.now() - BACK_S);
}

export function back(seconds = 3) {
  const to = Math.max(0, audio.now() - seconds);
  if (!playing.on) return play(to);
  sound.currentTime = playing.run = seen = to;
  return show();
}

/** This sentence once more; stops at its end unless it was playing. */
export function again() {
  const sentence = playing.on ? sentenceAt(audio.now()) : get(caret.at?.id) ?? sentenceAt(audio.now());
  if (sentence) play(sentence.start, playing.on ? null : sentence.end + SLACK_S);
}

function speed(to) {
  playing.rate = to;
  if (sound) sound.playbackRate = to;
  $('#speed').value = to.toFixed(1);
  tell('speed');
  tellPerson(say('speed_is', { rate: rate() }));
}
export const faster = by => speed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(playing.rate) + by))]);

function frame() {
  if (!playing.on) return;
  tick();
  requestAnimationFrame(frame);
}

function tick() {
  const now = audio.now();
  hear(seen, now);
  seen = now;
  if (playing.on && ((playing.stop !== null && now >= playing.stop) || sound.ended)) pause(false);
  else show();
}

/** Sentences that ended since the last look are heard, if they were played from their beginning and nothing is open. */
function hear(from, to) {
  const last = sentenceAt(to);
  for (let at = last ? place(last.id) : -1, left = 6; at >= 0 && left; at--, left--) {
    const one = doc.list[at], ended = one.end - EDGE_S;
    if (ended > from && ended <= to && playing.run <= one.start + SLACK_S && !isDone(one) && !openIn(one.id).length) {
      note(say('deed_heard', { id: one.id }), become({ ...one, state: 'heard' }));
    }
  }
}

/** Show where it is: the sentence, the word, the time. */
function show(still = false) {
  const now = audio.now(), sentence = sentenceAt(now);
  if (!sentence) return;
  if (sentence.id !== spoken || !field(spoken)?.classList.contains('spoken')) arrive(sentence);
  const [a, b] = spokenAt(sentence, now);
  light.spoken.clear();
  if (b > a && sound) light.spoken.add(range(field(sentence.id), a, b));
  $('#now').textContent = clock(now);
  if (document.activeElement !== slider || still) slider.value = now;
  if (!playing.on || still) slider.setAttribute('aria-valuetext', say('time_of', { at: clock(now), end: clock(doc.length) }));
}

function arrive(sentence) {
  const was = field(spoken), is = field(sentence.id);
  was?.classList.remove('spoken');
  was?.removeAttribute('aria-current');
  is.classList.add('spoken');
  is.setAttribute('aria-current', 'true');
  spoken = sentence.id;
  $('#where').textContent = [label(sentence), doc.chapters[chapterOf(sentence)]?.title].filter(Boolean).join(' · ');
  if (playing.on) $('#sent-what').textContent = label(sentence); // “checked” means what is being heard
  if (playing.on && playing.follow) turnPage(sentence.id);
}

/** Set the position without playing. */
export function seek(seconds) {
  if (sound) sound.currentTime = seconds;
  playing.run = seen = seconds;
  show(true);
}

let quiet = 0;
on('message', sentence => {
  $('#said').textContent = sentence;
  $('#where').hidden = true;
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    $('#said').textContent = '';
    $('#where').hidden = false;
  }, QUIET_MS);
});
on('changed', (ids, typed) => { if (!typed && !playing.on && sound) show(true); });
on('paused', () => { if (currentId()) $('#sent-what').textContent = label(get(currentId())); });
on('current', id => { if (!playing.on) $('#sent-what').textContent = label(get(id)); });

slider.addEventListener('input', () => {
  seek(Number(slider.value));
  if (spoken) inView(spoken);
});
$('#speed').addEventListener('change', event => speed(Number(event.target.value)));
for (const name of ['wheel', 'touchmove']) {
  addEventListener(name, () => {
    if (!playing.on || !playing.follow) return;
    playing.follow = false;
    toCurrent.hidden = false;
  }, { passive: true });
}
toCurrent.addEventListener('click', () => {
  playing.follow = true;
  toCurrent.hidden = true;
  bring(field(spoken), 0.22);
});
sound?.addEventListener('timeupdate', () => { if (playing.on && document.hidden) tick(); });
sound?.addEventListener('ended', () => { if (playing.on) tick(); });
sound?.addEventListener('error', () => { $('#sent-what').textContent = say('cannot_play'); });
export const begin = () => show(true);
