/* Whatever is pressed or typed before the scripts of a page are there is not lost: it is done as soon as they are.
   The one script that the page waits for; theirs are modules, and have run when the document is ready. */
'use strict';
{
  const pressed = new Set(), sent = new Set(), typed = new Set();
  const there = new AbortController();
  const listen = (name, act) => addEventListener(name, act, { capture: true, signal: there.signal });

  listen('click', event => {
    const button = event.target.closest('button[type=button]:not([popovertarget])');
    if (!button) return;
    pressed.add(button);
    button.setAttribute('aria-busy', 'true');
  });
  listen('submit', event => {
    if (event.target.hasAttribute('action')) return; // a form that needs no script
    event.preventDefault();
    sent.add(event.target);
  });
  listen('input', event => typed.add(event.target));

  addEventListener('DOMContentLoaded', () => {
    there.abort();
    for (const field of typed) {
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      if (field === document.activeElement) continue;
      for (const [name, bubbles] of [['blur', false], ['focusout', true]]) field.dispatchEvent(new FocusEvent(name, { bubbles }));
    }
    for (const button of pressed) {
      button.removeAttribute('aria-busy');
      button.click();
    }
    for (const form of sent) form.requestSubmit();
  });
}
