/* What a new recognition heard otherwise: shown only where there is something, taken over by a person alone. */
import { $, clock, count, make, say } from '../desk.js';
import { on, tellPerson } from './bus.js';
import { commit } from './deeds.js';
import { become, doc, get, nameOf, reworded } from './document.js';
import { difference } from './difference.js';
import { inView } from './moving.js';
import { play } from './playing.js';

const box = $('#proposals'), tab = $('#t5'), BEFORE_S = 0.5, AFTER_S = 0.3;
let decided = new Set();

const left = () => doc.proposals.filter(one => get(one.sentence) && get(one.sentence).text !== one.text && !decided.has(one));

function line(one) {
  const sentence = get(one.sentence), time = clock(sentence.start);
  const where = [time, nameOf(sentence.speaker), sentence.state === 'checked' && say('is_checked')].filter(Boolean).join(' · ');
  const button = (name, act) => {
    const made = make('button', { class: 'btn sm', type: 'button' }, say(name), make('span', { class: 'vh' }, `, ${time}`));
    made.addEventListener('click', act);
    return made;
  };
  return make('div', { class: 'prop' },
    make('p', {}, make('span', { class: 'muted small' }, where), make('br'), difference(sentence.text, one.text)),
    make('div', { class: 'row' },
      button('hear', () => { inView(sentence.id); play(sentence.start - BEFORE_S, sentence.end + AFTER_S); }),
      button('take', () => decide(one, () => commit(say('deed_proposal', { id: sentence.id }), [become(reworded(get(sentence.id), one.text))]))),
      button('keep', () => decide(one, () => (one.key ? commit(say('deed_kept_proposal', { id: sentence.id }), [], { settle: [one.key] }) : tellPerson(say('kept')))))));
}

function decide(one, act) {
  const at = left().indexOf(one);
  decided.add(one);
  act();
  draw();
  (box.children[Math.min(at, box.children.length - 1)]?.querySelector('button') ?? tab).focus();
}

function draw() {
  const all = left();
  tab.hidden = !doc.proposals.length;
  $('#n5').textContent = all.length || '✓';
  $('#proposals-head').textContent = count('proposals', all.length);
  $('#proposals-none').hidden = all.length > 0;
  if (!$('#p5').hidden) box.replaceChildren(...all.map(line));
}
on('stage', draw);
on('marks', () => { decided = new Set(); draw(); });
on('changed', (_ids, typed) => { if (!typed) draw(); });
