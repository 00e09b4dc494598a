// The recording: one audio element, and what the other parts want to know about it.

export class Sound extends EventTarget {
  #audio;
  #end = Infinity;

  // `total` is the length in seconds that the page knows before anything is loaded.
  constructor(audio, total) {
    super();
    this.#audio = audio;
    this.total = total;
    this.begun = false;
    audio.controls = false;
    for (const name of ["play", "pause", "ended", "error", "waiting", "playing", "ratechange"]) {
      audio.addEventListener(name, () => this.#tell(name === "ended" ? "pause" : name));
    }
    audio.addEventListener("play", () => { this.begun = true; });
    audio.addEventListener("timeupdate", () => this.#moved());
    audio.addEventListener("seeked", () => this.#moved());
    audio.addEventListener("durationchange", () => {
      if (Number.isFinite(audio.duration)) this.total = audio.duration;
      this.#tell("moved");
    });
  }

  get at() { return this.#audio.currentTime; }
  get playing() { return !this.#audio.paused && !this.#audio.ended; }
  get failed() { return this.#audio.error !== null; }
  get rate() { return this.#audio.playbackRate; }
  set rate(rate) { this.#audio.playbackRate = rate; }

  // Nothing is loaded by this: an element without data keeps the moment until it plays.
  seek(at, end = Infinity) {
    this.#end = end;
    this.#audio.currentTime = Math.min(Math.max(0, at), Math.max(0, this.total - 0.1));
    this.#tell("moved");
    this.#tell("sought");
  }

  skip(by) { this.seek(this.at + by); }

  play() {
    if (this.failed) this.#again();
    this.#audio.play().catch(() => {}); // a failure is told by the element's error event
  }

  pause() { this.#audio.pause(); }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  #again() {
    const at = this.at;
    this.#audio.load();
    this.#audio.currentTime = at;
  }

  #moved() {
    if (this.at >= this.#end) {
      this.#end = Infinity;
      this.pause();
    }
    this.#tell("moved");
  }

  #tell(name) { this.dispatchEvent(new Event(name)); }
}
