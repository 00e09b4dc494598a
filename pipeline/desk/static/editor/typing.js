/* Typing, pasting, and what must not be typed; playing yields to it. */
import { say } from '../desk.js';
import { tellPerson } from './bus.js';
import { commit, page, redo, undo } from './deeds.js';
import { become, doc, get, reworded, sentenceAt } from './document.js';
import * as marks from './marks.js';
import { audio, pause, playing } from './playing.js';
import { caret, field, idOf, look, put, sheet } from './text.js';
import { spokenAt } from './times.js';

sheet.addEventListener('beforeinput', event => {
  const id = idOf(event.target);
  if (!id) return;
  if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') {
    event.preventDefault();
    (event.inputType === 'historyUndo' ? undo : redo)();
  } else if (/Paragraph|LineBreak/.test(event.inputType)) {
    event.preventDefault();
  } else if (page.readOnly || doc.locked.has(id)) {
    event.preventDefault();
    tellPerson(say(page.readOnly ? 'read_only' : 'choose_first'));
  } else {
    look();
    if (playing.on) yieldTo(event, id);
  }
});

/** Playing stops; what is typed goes where the person last put the caret, else to the spoken word. */
function yieldTo(event, id) {
  const spoken = sentenceAt(audio.now()), placed = playing.placed;
  pause(false);
  if (id === spoken.id || placed) return;
  event.preventDefault();
  put(spoken.id, spokenAt(spoken, audio.now())[0]);
  tellPerson(say('caret_at_word'));
  if (event.inputType === 'insertText') document.execCommand('insertText', false, event.data);
}

sheet.addEventListener('input', event => {
  const id = idOf(event.target), sentence = id && get(id);
  if (!sentence) return;
  const text = field(id).textContent.replace(/[\n\r]+/g, ' '), from = caret.at;
  look();
  const to = caret.at;
  caret.at = from;
  marks.typed(id);
  commit(say('deed_text', { id }), [become(reworded(sentence, text))], { merge: `text ${id}`, quiet: true });
  caret.at = to;
});

sheet.addEventListener('paste', event => {
  event.preventDefault();
  document.execCommand('insertText', false, event.clipboardData.getData('text/plain').replace(/\s+/g, ' '));
});
sheet.addEventListener('dragover', event => event.preventDefault());
sheet.addEventListener('drop', event => event.preventDefault());
sheet.addEventListener('pointerdown', () => { if (playing.on) playing.placed = true; });
