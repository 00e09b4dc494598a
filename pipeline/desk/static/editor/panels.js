/* The passes: tabs over one panel; the text beside never moves. */
import { $, $$ } from '../desk.js';
import { on, tell } from './bus.js';

const tabs = $$('.stages [role=tab]');

/** Open a pass. */
export function stage(id, focus = false) {
  for (const tab of tabs) {
    const chosen = tab.id === id;
    tab.setAttribute('aria-selected', chosen);
    tab.tabIndex = chosen ? 0 : -1;
    $(`#${tab.getAttribute('aria-controls')}`).hidden = !chosen;
  }
  if (focus) $(`#${id}`).focus();
  $('.panel').scrollTop = 0;
  tell('stage', id);
}

for (const tab of tabs) {
  tab.addEventListener('click', () => stage(tab.id));
  tab.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], shown = tabs.filter(one => !one.hidden);
    const ends = { Home: 0, End: shown.length - 1 };
    if (!step && !(event.key in ends)) return;
    event.preventDefault();
    const to = step ? (shown.indexOf(tab) + step + shown.length) % shown.length : ends[event.key];
    stage(shown[to].id, true);
  });
}
for (const button of $$('[data-stage]')) button.addEventListener('click', () => stage(button.dataset.stage, true));
for (const button of $$('[data-close]')) button.addEventListener('click', () => button.closest('dialog').close());
on('open-stage', stage);
