/* The transcript editor: everything is put together here, and opens at the place that the address names. */
import { $$, say } from '../desk.js';
import { tellPerson } from './bus.js';
import { doc, get, sentenceAt } from './document.js';
import './drawing.js';
import './typing.js';
import './keys.js';
import './voices.js';
import './finishing.js';
import './proposals.js';
import * as holding from './holding.js';
import { reload } from './merging.js';
import { inView } from './moving.js';
import { stage } from './panels.js';
import { begin, seek } from './playing.js';
import { draw } from './progress.js';
import { caret, current, currentId, put } from './text.js';
import { load } from './times.js';

/** `#s12`, `#line-30` of the file, `#t=754` or `#t=12:34`: a sentence, and when it is. */
function place(hash) {
  const [, kind, value] = hash.match(/^#(s|line-|t=)(.+)$/) ?? [];
  if (kind === 's') return [value];
  if (kind === 'line-') return [doc.lines?.findLast(([line]) => line <= Number(value))?.[1]];
  if (kind !== 't=') return [];
  const seconds = value.split(',')[0].split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return [sentenceAt(seconds)?.id, seconds];
}

function openAt(hash) {
  const [id, seconds] = place(hash);
  if (/^#t[1-5]$/.test(hash)) stage(hash.slice(1));
  if (!get(id)) return;
  put(id, 0);
  seek(seconds ?? get(id).start);
  inView(id);
}

for (const layer of $$('dialog')) {
  layer.addEventListener('close', () => {
    const focused = document.activeElement; // nobody had the keyboard before: it may still be in the layer, or nowhere
    if (focused === document.body || layer.contains(focused)) put(currentId(), caret.at?.id === currentId() ? caret.at.a : 0);
  });
}
if (doc.list.length) current(doc.list[0].id);
draw();
begin();
stage('t2');
openAt(decodeURIComponent(location.hash));
addEventListener('hashchange', () => openAt(decodeURIComponent(location.hash)));
holding.open();
await reload().catch(() => tellPerson(say('lost')));
await load();
