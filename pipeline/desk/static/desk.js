/* What the scripts of all pages share: asking the desk, and its sentences. */

/** The sentences of this page, by name; `{places}` are filled in by `say`. */
export const texts = JSON.parse(document.getElementById('texts')?.textContent || '{}');

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
}

/** Ask the desk; an answer that is no success is a Refusal. */
export async function ask(address, { method = 'GET', body, headers = {}, keepalive = false } = {}) {
  let answer;
  try {
    answer = await fetch(address, {
      method, keepalive, headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
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

/** Lower case without accents, as people search. */
export const fold = text => text.toLocaleLowerCase('de').normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/ß/g, 'ss');
