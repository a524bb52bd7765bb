/** Assertions without an import, so that the suites also run in a browser. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Deep equality of plain data; dates by time, text by UTF-16 units. */
export function assertEqual(actual: unknown, expected: unknown, message = "values differ"): void {
  const [left, right] = [show(actual), show(expected)];
  assert(left === right, `${message}\n  actual:   ${left}\n  expected: ${right}`);
}

/** Expects a rejection and hands the error back. */
export async function assertRejects(
  promise: Promise<unknown>,
  message = "should have failed",
): Promise<unknown> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  assert(outcome, message);
  return outcome.error;
}

/** JSON with sorted keys; dates marked, characters outside ASCII escaped so that look-alikes show. */
function show(value: unknown): string {
  const text = JSON.stringify(sortKeys(value)) ?? "undefined";
  return text.replace(
    /[^\u0020-\u007E]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function sortKeys(value: unknown): unknown {
  if (value instanceof Date) return { date: value.getTime() };
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sortKeys(part)]));
}
