/* Long work as a page sees it: begun by a button, asked after again and again; what is refused is said at `#refused`. */
import { $, Refusal, ask, here } from './desk.js';

const line = $('#refused');

/** Say something where it is heard; the same words are not said again. */
export function tell(place, sentence) {
  if (place.textContent !== sentence) place.textContent = sentence;
}

/** Say what was refused; "" takes that away. */
export function refuse(sentence) {
  tell(line, sentence);
  line.hidden = !sentence;
}

/** Do something at the desk; whether it did not refuse. */
export async function attempt(does) {
  try {
    await does();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    refuse(refusal.advice);
    return false;
  }
}

/** A button that does something at the desk, one press at a time. */
export function act(button, does) {
  button?.addEventListener('click', async () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    refuse('');
    await attempt(does);
    button.removeAttribute('aria-disabled');
  });
}

/** Lead the keyboard to what a page has to say, unless somebody has gone on already. */
export function lead(place) {
  if (document.activeElement === document.body) place?.focus();
}

/** The page is loaded again, and nothing else is done until then. */
export function again() {
  location.reload();
  return new Promise(() => {});
}

/** Ask how it stands, at once and then all the time; `seen` gets each answer. */
export async function follow(address, wait_ms, seen) {
  for (let lost = false; ;) {
    const well = await attempt(async () => seen(await ask(`${here}/${address}`)));
    if (lost && well) refuse('');
    lost = !well;
    await new Promise(done => setTimeout(done, wait_ms));
  }
}
