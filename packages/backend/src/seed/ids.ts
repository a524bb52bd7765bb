/**
 * The UUID (v4 shape) of a seeded thing, always the same for the same name, so that the mock and the sandbox agree.
 * Only for demo data: anybody can compute it.
 * @example seedId("institution:minato") === seedId("institution:minato") // true
 */
export function seedId(name: string): string {
  const hex = hash128(`welby-demo/${name}`);
  const variant = "89ab".charAt(parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Repeatable numbers in [0, 1) from a seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

// cyrb128: spreads well and needs no asynchronous digest; it protects nothing.
function hash128(text: string): string {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  const first = a ^ b ^ c ^ d;
  return [first, b ^ first, c ^ first, d ^ first]
    .map((part) => (part >>> 0).toString(16).padStart(8, "0"))
    .join("");
}
