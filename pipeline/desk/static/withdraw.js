/* Taking back: one way by a button, the other by the title typed out. */
import { $, here, post } from './desk.js';
import { sending } from './forms.js';
import { act, again, follow, lead } from './working.js';

const page = $('#withdraw'), WAIT_MS = 700;

act($('#back'), async () => { await post(`${here}/back`); await again(); });
sending($('#for-good'), 'for-good', again);
if ('busy' in page.dataset) follow('state', WAIT_MS, ({ busy }) => busy || again());
else lead($('.note[tabindex]', page));
