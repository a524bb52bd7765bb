import type { ReactiveController, ReactiveControllerHost } from "lit";

export interface RetryWaitOptions {
  /** Called each full minute that is left, and with 0 at the end. */
  onMilestone(secondsLeft: number): void;
}

/** Counts down what a server asked to wait, by the clock and not by ticks, which a hidden tab gets late. */
export class RetryWaitController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: RetryWaitOptions;
  #until = 0;
  #said = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, options: RetryWaitOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Whole seconds left; 0 when nothing is to be waited for. */
  get secondsLeft(): number {
    return Math.max(0, Math.ceil((this.#until - performance.now()) / 1000));
  }

  start(ms: number): void {
    this.#until = performance.now() + ms;
    this.#said = Math.ceil(this.secondsLeft / 60);
    this.#run();
  }

  stop(): void {
    this.#until = 0;
    clearInterval(this.#timer);
  }

  hostConnected(): void {
    if (this.secondsLeft > 0) this.#run();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  #run(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      const left = this.secondsLeft;
      const minutes = Math.ceil(left / 60);
      if (left === 0) this.stop();
      if (minutes !== this.#said) {
        this.#said = minutes;
        this.#options.onMilestone(left);
      }
      this.#host.requestUpdate();
    }, 1000);
  }
}
