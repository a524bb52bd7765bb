/**
 * A copy with the object's own properties only. What a page's broken script wrote to `Object.prototype`
 * is never read as an option, a column of an operation or a field of an input.
 */
export function own<T extends object>(value: T | undefined): Partial<T> & Readonly<T>;
export function own(value: object | undefined): object {
  return Object.assign(Object.create(null) as object, value);
}
