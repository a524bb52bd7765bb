/**
 * Does a piece of work again and again, each time so long after the last one ended. It keeps no process alive.
 * @returns stops it and waits for the round that is on
 */
export function repeat(
  work: () => Promise<unknown>,
  everyMs: number,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let round: Promise<void> = Promise.resolve();
  const next = (delayMs: number) => {
    if (stopped) return;
    timer = setTimeout(() => void (round = run()), delayMs).unref();
  };
  const run = async () => {
    try {
      await work();
      next(everyMs);
    } catch (error) {
      onError(error);
      // A database that is away for a while needs no ten log lines a second.
      next(Math.max(everyMs, 5_000));
    }
  };
  next(0);
  return () => {
    stopped = true;
    clearTimeout(timer);
    return round;
  };
}
