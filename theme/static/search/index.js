// The index in blocks, newest first. The program comes with the first question, a block when it is first asked.

import { holding, shard, stem } from "./words.js";

const LEAST = 4; // letters of a word that others may hold
const KEPT = { metaCacheTag: "1" }; // names tell contents, so a cached entry is never wrong

export class Index {
  #page;
  #engine;
  #asked = 0;
  #episodes = new Map(); // the digest of a section → the running number of its episode

  constructor(page) {
    this.#page = page;
  }

  // Bytes loaded from blocks since the question was put; what the browser had already counts nothing.
  get #spent() {
    const program = this.#page.program.replace(/[^/]*$/, "");
    return performance.getEntriesByType("resource")
      .filter(({ name }) => name.includes("/index/") && !name.includes(program))
      .reduce((sum, one) => sum + one.transferSize, 0);
  }

  get #blocks() {
    return this.#page.blocks.slice(0, this.#asked);
  }

  get more() {
    return this.#asked < this.#page.blocks.length;
  }

  get since() {
    return this.#blocks.at(-1)?.since ?? "";
  }

  async widen() {
    const block = this.#page.blocks[this.#asked];
    try {
      this.#engine ??= (await import(this.#page.program)).createInstance({ ...KEPT, noWorker: true });
      await this.#engine.init();
      if (block) await Promise.all([this.#engine.mergeIndex(block.path, { ...KEPT, baseUrl: this.#page.home }), this.#learn(block)]);
    } catch (error) {
      this.#engine = undefined; // half of it is of no use: the next question begins anew
      this.#asked = 0;
      throw error;
    }
    if (block) this.#asked += 1;
  }

  async #learn(block) {
    const answer = await fetch(`${block.path}episodes.json`);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
    for (const [number, digests] of Object.entries(await answer.json())) {
      for (const digest of digests.split(" ")) this.#episodes.set(digest, number);
    }
  }

  // How many words were hit; by episode, the best first, its sections, the best first. Goes on to older blocks
  // while that is cheap.
  async ask(query) {
    performance.clearResourceTimings();
    if (!this.#engine) await this.widen();
    let found = await this.#search(query);
    while (this.more && this.#spent < this.#page.enough) {
      await this.widen();
      found = await this.#search(query);
    }
    if (!found.hits) await this.#there();
    return found;
  }

  // Goes on to older blocks until one has more.
  async older(query) {
    const { hits } = await this.#search(query);
    do await this.widen();
    while (this.more && (await this.#search(query)).hits === hits);
  }

  async #search(query) {
    const { results } = await this.#engine.search(query);
    const episodes = new Map();
    let hits = 0;
    for (const section of results.filter((one) => one.words.length)) {
      const number = this.#episodes.get(section.id.replace(/^.*_/, ""));
      episodes.set(number, [...(episodes.get(number) ?? []), section]);
      hits += section.words.length;
    }
    return { hits, episodes: [...episodes.values()] };
  }

  // Pagefind takes a file that it cannot load for one in which nothing stands.
  async #there() {
    const entries = this.#blocks.map((block) => fetch(`${block.path}pagefind-entry.json`, { method: "HEAD", cache: "no-store" }));
    if (!(await Promise.all(entries)).every((answer) => answer.ok)) throw new Error("the index is gone");
  }

  async also(query, most) {
    const words = query.match(/\p{L}+/gu) ?? [];
    const part = stem(words.reduce((long, word) => (word.length > long.length ? word : long), ""));
    if (part.length < LEAST) return [];
    const lists = await Promise.all(this.#blocks.map((block) => this.#words(block, part)));
    return holding(lists.flat(), part, most);
  }

  async #words(block, part) {
    const answer = await fetch(`${block.path}words/${shard(part, block.words)}.json`);
    return answer.ok ? answer.json() : [];
  }
}
