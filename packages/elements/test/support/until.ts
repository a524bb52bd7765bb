/** Waits until `check` is true or does not throw any more; then gives up with the last reason. */
export async function until<Value>(
  check: () => Value | Promise<Value>,
  timeoutMs = 2000,
): Promise<NonNullable<Value>> {
  const end = performance.now() + timeoutMs;
  let reason: unknown;
  do {
    try {
      const value = await check();
      if (value !== false && value !== null && value !== undefined) return value;
      reason = new Error(`still ${String(value)}: ${check.toString()}`);
    } catch (thrown) {
      reason = thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  } while (performance.now() < end);
  throw reason;
}
