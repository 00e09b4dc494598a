/* What happens, told by name: so that the parts of the editor need not know each other. */
const known = new Map();

/** Be told of something. */
export const on = (name, act) => known.set(name, [...(known.get(name) ?? []), act]);

/** Tell it. */
export const tell = (name, ...values) => known.get(name)?.forEach(act => act(...values));

/** A message for the person, in the line that stays where it is. */
export const tellPerson = sentence => tell('message', sentence);
