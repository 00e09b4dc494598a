/* The file for a guest: made in the background; the answer is noted by a form. */
import { $, here, post } from './desk.js';
import { sending } from './forms.js';
import { act, again, follow, tell } from './working.js';

const WAIT_MS = 700;

act($('#make'), async () => { await post(`${here}/make`); await again(); });
sending($('#answer'), 'answer', again);
if ('busy' in $('#guest').dataset) {
  follow('state', WAIT_MS, ({ busy, percent }) => (busy ? tell($('#percent'), percent == null ? '' : `${percent} %`) : again()));
}
