// Moments of a recording: how addresses write them, how people read them.

const NUMBER = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)$/;

// "754", "12:34", "0:12:34.5" → seconds; anything else → NaN.
export function seconds(text) {
  const parts = NUMBER.exec(text);
  return parts ? (parts[1] ?? 0) * 3600 + (parts[2] ?? 0) * 60 + Number(parts[3]) : NaN;
}

// What an address asks for (`#t=754`, `#t=60,90`, `?t=12:34`): {start, end} in seconds, or null.
// Media Fragments URI 1.0, § 4.2.1: the end is where playback stops.
export function asked({ hash, search }) {
  const text = /^#t=([\d:.,]+)$/.exec(decoded(hash))?.[1] ?? new URLSearchParams(search).get("t");
  if (!text) return null;
  const [start, end = Infinity] = text.split(",").map(seconds);
  return Number.isNaN(start) ? null : { start, end: end > start ? end : Infinity };
}

// Some apps write %3A for the colon, and anybody may write half a percent sign.
export function decoded(hash) {
  try { return decodeURIComponent(hash); } catch { return hash; }
}

// 0:48, 12:34, 1:02:03
export function clock(at) {
  const whole = Math.max(0, Math.floor(at));
  const two = (number) => String(number).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

// "12 Minuten 34 Sekunden", in the page's language; what is nought is left out, unless all is.
export function spoken(at, language = document.documentElement.lang) {
  const whole = Math.max(0, Math.floor(at));
  const parts = [["hour", Math.floor(whole / 3600)], ["minute", Math.floor(whole / 60) % 60], ["second", whole % 60]];
  const said = parts.filter(([unit, number], at) => number || (at === 2 && whole < 1));
  return said
    .map(([unit, number]) => number.toLocaleString(language, { style: "unit", unit, unitDisplay: "long" }))
    .join(" ");
}

// Where in a rising list a moment lies: the last entry that is not later, or −1.
export function position(starts, at) {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
