/**
 * A copy with the object's own properties only. What a page's broken script wrote to `Object.prototype`
 * is never read as an option, a column of an operation or a field of an input.
 */
export function own<T extends object>(value: T | undefined): Partial<T> & Readonly<T>;
export function own(value: object | undefined): object {
  return Object.assign(Object.create(null) as object, value);
}

/** The same all the way down, for data: arrays stay arrays, other objects lose their prototype. */
export function bare<T extends object>(value: T): T {
  return bareDeep(value) as T;
}

/** One object without its prototype; for a reviver of `JSON.parse`, which works from the inside out. */
export function bareOnce(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? own(value) : value;
}

function bareDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bareDeep);
  if (typeof value !== "object" || value === null) return value;
  const copy = own(value) as Record<string, unknown>;
  for (const name of Object.keys(copy)) copy[name] = bareDeep(copy[name]);
  return copy;
}
