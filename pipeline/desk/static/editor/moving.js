/* Moving the page: a sentence comes into view with one jump that is measured again, as what lies between is laid out only
   when it is near. */
import { $ } from '../desk.js';
import { on } from './bus.js';
import { field } from './text.js';

const bar = $('.bar'), player = $('.player'), header = $('body > header');
const sticky = one => getComputedStyle(one).position === 'sticky';
const TRIES = 8, NEAR_PX = 2;

/** The part of the screen that text can be seen in: top and bottom. */
export const view = () => [sticky(bar) ? Math.max(0, bar.getBoundingClientRect().bottom) : 0, player.getBoundingClientRect().top];

function measure() {
  const style = document.documentElement.style, head = sticky(header) ? header.offsetHeight : 0;
  style.setProperty('--head', `${head}px`);
  style.setProperty('--top', `${head + bar.offsetHeight + 2}px`);
  style.setProperty('--foot', `${player.offsetHeight + 4}px`);
}
const watch = new ResizeObserver(measure);
watch.observe(bar);
watch.observe(player);
addEventListener('resize', measure);
measure();

let jump = 0;

/** Bring an element to a share of the view, and look again as long as the page still grows around it. */
export function bring(element, share) {
  const own = ++jump;
  let left = TRIES;
  const once = () => {
    if (own !== jump || !element.isConnected) return;
    const [top, bottom] = view(), off = element.getBoundingClientRect().top - top - (bottom - top) * share;
    if (Math.abs(off) > NEAR_PX) scrollBy(0, off);
    if (Math.abs(off) > NEAR_PX && --left) requestAnimationFrame(() => requestAnimationFrame(once));
  };
  once();
}

/** Turn the page to a sentence that has left the lower quarter; it never glides. */
export function turnPage(id) {
  const inside = field(id), seen = inside.getBoundingClientRect(), [top, bottom] = view();
  if (seen.bottom > top + (bottom - top) * 0.72 || seen.top < top) bring(inside, 0.22);
}

/** A sentence that is out of sight comes into it. */
export function inView(id) {
  const inside = id && field(id);
  if (!inside) return;
  const seen = inside.getBoundingClientRect(), [top, bottom] = view();
  if (seen.top < top + 8 || seen.bottom > bottom - 8) bring(inside, 0.3);
}

for (const name of ['wheel', 'touchmove']) addEventListener(name, () => { jump++; }, { passive: true });
on('in-view', inView);
