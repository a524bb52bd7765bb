import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Follows whether the browser believes to have a network. `false` is certain, `true` is a hope. */
export class OnlineController implements ReactiveController {
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get online(): boolean {
    return navigator.onLine;
  }

  hostConnected(): void {
    addEventListener("online", this.#onChange);
    addEventListener("offline", this.#onChange);
  }

  hostDisconnected(): void {
    removeEventListener("online", this.#onChange);
    removeEventListener("offline", this.#onChange);
  }

  readonly #onChange = (): void => this.#host.requestUpdate();
}
