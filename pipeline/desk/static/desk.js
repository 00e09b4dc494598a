/* What the scripts of all pages share: asking the desk, and its sentences. */

/** The sentences of this page, by name; `{places}` are filled in by `say`. */
const texts = JSON.parse(document.getElementById('texts')?.textContent || '{}');

const filled = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (all, place) => places[place] ?? all);

/** A sentence with its places filled in. */
export const say = (name, places = {}) => filled(texts[name] ?? name, places);

/** A sentence that counts: its form for one, or for many. */
export const count = (name, n, places = {}) => filled(texts[name]?.[n === 1 ? 0 : 1] ?? name, { n, ...places });

/** The first element that fits a selector, and all of them. */
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element with its attributes and what stands in it. */
export function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

/** What went wrong: a sentence, a hint, and the status of HTTP (0: nobody answers). */
export class Refusal extends Error {
  constructor(status, told) {
    super(told.error || texts.lost || '');
    this.status = status;
    this.told = told;
  }

  /** What happened, and what to do. */
  get advice() {
    return [this.message, this.told.hint].filter(Boolean).join(' ');
  }
}

/** Ask the desk, with a file or with what becomes JSON; an answer that is no success is a Refusal. */
export async function ask(address, { body, headers = {}, ...more } = {}) {
  const json = body !== undefined && !(body instanceof Blob);
  let answer;
  try {
    answer = await fetch(address, {
      ...more, headers: json ? { 'content-type': 'application/json', ...headers } : headers, body: json ? JSON.stringify(body) : body,
    });
  } catch {
    throw new Refusal(0, {});
  }
  const told = answer.headers.get('content-type')?.includes('json') ? await answer.json() : {};
  if (!answer.ok) throw new Refusal(answer.status, told);
  return told;
}

/** Send something to the desk. */
export const post = (address, body = {}, more = {}) => ask(address, { method: 'POST', body, ...more });

/** The address of this page, without its last slash: what belongs to it lies below. */
export const here = location.pathname.replace(/\/$/, '');

/** A moment of a recording: 0:48, 12:34, 1:02:03. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds)), pad = n => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** A time of day, that of now if none is given. */
export const timeOfDay = (moment = new Date()) => moment.toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' });

/** How far the episode is by now, at the head of its page. */
export function tellSteps(steps) {
  if (steps.length) $$('.steps a').forEach((link, n) => {
    const { standing, word } = steps[n], state = $('.st', link);
    link.classList.toggle('done', standing === 'ok');
    state.className = `st ${standing}`;
    state.textContent = word;
  });
}

/** Lower case without accents, as people search. */
export const fold = text => text.toLocaleLowerCase('de').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/ß/g, 'ss');
