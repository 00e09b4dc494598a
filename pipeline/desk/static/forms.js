/* A form that is sent as a whole: what is wrong is said at its field. */
import { $, $$, Refusal, here, post } from './desk.js';

/** What is entered: a text for each name, a list where boxes share one. */
function entered(form) {
  const values = {};
  for (const one of $$('[name]', form)) {
    if (one.type !== 'checkbox') values[one.name] = one.value;
    else values[one.name] = [...(values[one.name] ?? []), ...(one.checked ? [one.value] : [])];
  }
  return values;
}

function complain(form, field, sentence) {
  const input = field ? $(`#${CSS.escape(field)}`, form) : null;
  const line = (field && $(`#${CSS.escape(field)}-err`, form)) || $('[role=alert]', form);
  line.textContent = sentence;
  line.hidden = false;
  line.closest('.field')?.classList.add('bad');
  if (input?.matches('input, select, textarea')) input.setAttribute('aria-invalid', 'true');
  input?.focus();
}

function forgive(form) {
  for (const line of $$('.err', form)) line.hidden = true;
  for (const box of $$('.field.bad', form)) box.classList.remove('bad');
  for (const input of $$('[aria-invalid]', form)) input.removeAttribute('aria-invalid');
}

/** Send a form to an address below the page's own; `after` gets the answer. */
export function sending(form, address, after) {
  if (!form) return;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    forgive(form);
    try {
      after(await post(`${here}/${address}`, entered(form)));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      complain(form, refusal.told.field, refusal.advice);
    }
  });
}
