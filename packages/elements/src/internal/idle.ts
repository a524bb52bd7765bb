/** What a person waits for on a slow line comes first: the rest of the page, and the first keys. */
const PAUSE_MS = 1000;

/**
 * Runs `work` a second later, when the page then has nothing to do.
 * @returns cancels it
 */
export function whenIdle(work: () => void): () => void {
  let idle: number | undefined;
  const pause = setTimeout(() => {
    // Safari has no idle callbacks.
    if (typeof requestIdleCallback === "function") idle = requestIdleCallback(work, { timeout: 2000 });
    else work();
  }, PAUSE_MS);
  return () => {
    clearTimeout(pause);
    if (idle !== undefined) cancelIdleCallback(idle);
  };
}
