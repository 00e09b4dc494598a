/* A field with proposals, after the ARIA pattern “combobox with listbox popup”: arrows choose, Enter takes, Esc closes. */
import { fold, make } from './desk.js';

/**
 * `options()` gives {value, label, hint}; `pick(option, event)` is told what was chosen, and how; `fresh(typed, known)` gives
 * the sentence that offers what was typed as something new ("" for no such offer).
 */
export function combobox(input, list, { options, pick, fresh = () => '' }) {
  let at = -1, shown = [];
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false' })) {
    input.setAttribute(name, value);
  }

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function mark(place) {
    at = place;
    [...list.children].forEach((one, n) => one.setAttribute('aria-selected', String(n === place)));
    input.setAttribute('aria-activedescendant', list.children[place].id);
    list.children[place].scrollIntoView({ block: 'nearest' });
  }

  function line(option, n, typed) {
    const made = make('div', { role: 'option', id: `${list.id}-${n}`, 'aria-selected': 'false' });
    const found = typed ? fold(option.label).indexOf(fold(typed)) : -1;
    const end = found + typed.length;
    if (option.fresh || found < 0) made.append(option.fresh || option.label);
    else made.append(option.label.slice(0, found), make('mark', {}, option.label.slice(found, end)), option.label.slice(end));
    if (option.hint) made.append(make('small', {}, ` – ${option.hint}`));
    made.addEventListener('pointerdown', event => event.preventDefault()); // the field keeps the keyboard
    made.addEventListener('click', event => choose(n, event));
    return made;
  }

  function open() {
    const typed = input.value.trim();
    const known = options();
    shown = known.filter(one => fold(`${one.label} ${one.value}`).includes(fold(typed)));
    const offer = typed && fresh(typed, known.filter(one => fold(one.label) === fold(typed)));
    if (offer) shown.push({ value: '', label: typed, fresh: offer });
    list.replaceChildren(...shown.map((one, n) => line(one, n, typed)));
    list.hidden = !shown.length;
    input.setAttribute('aria-expanded', String(shown.length > 0));
    if (shown.length) mark(0);
  }

  function choose(place, event) {
    const option = shown[place];
    close();
    if (option) pick(option, event);
  }

  input.addEventListener('input', open);
  input.addEventListener('click', open);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', event => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) open();
      else mark((at + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % shown.length);
    } else if (event.key === 'Enter' && !list.hidden && at >= 0) {
      event.preventDefault();
      choose(at, event);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  return { open, close };
}
