// Words as the vocabulary of the index knows them; pipeline/website/searching/vocabulary.py does the same.

const KEY = 3;
const ENDING = /(?:en|es|e|n|s)$/;

export function fold(word) {
  const plain = word.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
  return plain.replace(/([aou])e/g, "$1");
}

// „hochschul“ for „Hochschulen“: German words change at their ends.
export function stem(word) {
  const folded = fold(word);
  return folded.length > 5 ? folded.replace(ENDING, "") : folded;
}

export function shard(letters, count) {
  return [...letters].slice(0, KEY).reduce((number, letter) => (number * 31 + letter.codePointAt(0)) % count, 0);
}

// Words in which another one stands, not at their beginning; of words that differ in their ends, one.
export function holding(words, part, most) {
  const found = new Map();
  for (const word of words) {
    if (fold(word).indexOf(part, KEY) > 0 && !found.has(stem(word))) found.set(stem(word), word);
  }
  return [...found.values()].slice(0, most);
}
