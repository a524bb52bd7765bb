/**
 * Runs `work` when the page has painted and has nothing to do, at the latest after three seconds.
 * @returns cancels it
 */
export function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(work, { timeout: 3000 });
    return () => cancelIdleCallback(handle);
  }
  // Safari has none.
  const handle = setTimeout(work, 1000);
  return () => clearTimeout(handle);
}
