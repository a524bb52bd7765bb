import type { ErrorCode } from "@welby/contract/errors";
import type { Environment } from "../environment.ts";
import { Interruption, interruptionOf, ONCE } from "./interruption.ts";

/** A stretch of time in which work may go on. */
export interface TimeLimit {
  /** Aborted when the time is over or an outer signal was; the reason is an `Interruption`. */
  readonly signal: AbortSignal;
  /** Milliseconds. */
  remaining(): number;
  /** Stops the timer and lets go of the outer signals. */
  end(): void;
}

/** Starts a limit of `ms` that also ends with any of the outer signals. */
export function limitTime(
  environment: Pick<Environment, "startTimer" | "elapsed">,
  ms: number,
  outer: readonly (AbortSignal | undefined)[],
  code: ErrorCode = "timeout",
): TimeLimit {
  const controller = new AbortController();
  const startedAt = environment.elapsed();
  const stopTimer = environment.startTimer(() => controller.abort(new Interruption(code)), ms);
  const links = outer
    .filter((signal) => signal !== undefined)
    .map((signal) => {
      const stop = () => controller.abort(interruptionOf(signal));
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop, ONCE);
      return () => signal.removeEventListener("abort", stop);
    });
  return {
    signal: controller.signal,
    remaining: () => ms - (environment.elapsed() - startedAt),
    end() {
      stopTimer();
      for (const unlink of links) unlink();
    },
  };
}

/** Waits, unless the signal comes first. @throws Interruption */
export function sleep(
  environment: Pick<Environment, "startTimer">,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      cancel();
      reject(interruptionOf(signal));
    };
    const cancel = environment.startTimer(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, ONCE);
  });
}
