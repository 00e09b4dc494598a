/* The table of episodes: which are shown. */
import { $, $$, fold } from './desk.js';

const table = $('#episodes'), field = $('#find'), none = $('#none');
if (table) {
  let group = '';
  const draw = () => {
    let shown = 0;
    for (const body of $$('tbody', table)) {
      const rows = $$('tr:not(.grp)', body);
      for (const row of rows) row.hidden = !((!group || body.dataset.group === group) && fold(row.textContent).includes(fold(field.value)));
      const left = rows.filter(row => !row.hidden).length;
      body.hidden = !left;
      shown += left;
    }
    none.textContent = shown ? '' : none.dataset.none;
  };
  for (const button of $$('.filters button')) {
    button.addEventListener('click', () => {
      group = button.dataset.group;
      $$('.filters button').forEach(other => other.setAttribute('aria-pressed', other === button));
      draw();
    });
  }
  field.addEventListener('input', draw);
}
