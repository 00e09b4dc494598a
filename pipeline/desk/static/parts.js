/* The parts of the form: one a key of episode.md, each with the digest of what it shows. */
import { $, $$, Refusal, here, say } from './desk.js';
import { counted } from './fields.js';
import { deed, enqueue, latest, renew, shifted, shifts } from './saving.js';

const form = $('#form');
const wired = [];

/** The digest of episode.md as this page knows it. */
export const page = { digest: form.dataset.digest };

/** What each part needs, when the page opens and whenever the part is loaded anew. */
export function onPart(wire) {
  wired.push(wire);
  $$('.part', form).forEach(wire);
}

export const partOf = key => $(`.part[data-key="${CSS.escape(key)}"]`, form);

/**
 * Load a part anew. Somebody who is in it goes on at `focus` (an id, or what finds the element in the new part),
 * or where they were, with what they have typed meanwhile; somebody who has left it is left alone. `shift` tells
 * where entries stand now.
 */
export async function refresh(key, focus = '', shift = shifts.fill()) {
  const answer = await fetch(`${here}/part/${key}`).catch(() => { throw new Refusal(0, {}); });
  if (!answer.ok) throw new Refusal(answer.status, { error: say('lost') });
  const html = await answer.text();
  const old = partOf(key), active = document.activeElement;
  const inside = old.contains(active), typed = inside && (active.getAttribute('role') === 'combobox' || active.dataset.dirty === 'yes');
  const mine = inside ? shifted(active.id, shift) : '';
  const at = typed ? mine : inside || active === document.body ? focus || mine : '';
  const open = $$('details[open]', old).length > 0;
  const fresh = document.createRange().createContextualFragment(html).querySelector('.part');
  old.replaceWith(fresh);
  wired.forEach(wire => wire(fresh));
  const next = typeof at === 'function' ? at(fresh) : at && document.getElementById(at);
  if (next) {
    if (open) reveal(next);
    next.focus();
    if (typed && mine === at && active.value) {
      next.value = active.value;
      next.setSelectionRange(active.selectionStart, active.selectionEnd);
      next.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }
  return fresh;
}

/**
 * Add, move or remove an entry of a list; null, and the reason at `told`, where it was refused. What is moved
 * or removed is meant as it stands here now; what is added can be added to any list. `focus` is that of `refresh`,
 * and finds the element also by what the desk answered.
 */
export async function perform(name, key, more, told, focus = '') {
  const seen = partOf(key).dataset.digest;
  let done = null;
  await enqueue(`${name} ${key} ${JSON.stringify(more)}`, async () => {
    const [was, path] = latest(seen, `${key}.${more.at ?? 0}`);
    const at = Number(path.match(/\.(\d+)$/)?.[1] ?? -1), to = more.to === undefined ? {} : { to: at + more.to - more.at };
    try {
      const answer = await deed(name, key, { ...more, ...(name === 'add' ? {} : { was }), ...(more.at === undefined ? {} : { at, ...to }) });
      const shift = name === 'move' ? shifts.move(at, answer.at) : shifts[name](name === 'add' ? answer.at : at);
      renew(answer.before, answer.digest, answer.written ? shift : shifts.fill());
      page.digest = answer.file;
      await refresh(key, typeof focus === 'function' ? fresh => focus(fresh, answer) : focus, shift);
      dispatchEvent(new Event('desk:saved'));
      done = answer;
      return true;
    } catch (refusal) {
      if (!refusal.status) throw refusal;
      if (refusal.status === 409) await refresh(key);
      tellAt(told, refusal.status === 409 ? say('other') : refusal.advice);
      return false;
    }
  });
  return done;
}

/** Say something at a line that belongs to an action. */
export function tellAt(line, sentence) {
  const shown = line && document.getElementById(line);
  if (!shown) return;
  shown.hidden = !sentence;
  shown.textContent = sentence;
}

/** Open what hides an element. */
export function reveal(element) {
  for (let box = element?.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
  return element;
}

onPart(part => $$('input[type=text], textarea', part).forEach(counted));
