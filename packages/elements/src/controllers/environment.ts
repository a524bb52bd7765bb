import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { WelbyClient } from "@welby/sdk";
import { EnvironmentRequest, isEnvironmentOffer } from "../internal/context.ts";
import type { Environment } from "../internal/context.ts";

type Host = ReactiveControllerHost & HTMLElement;

/** Asks the surrounding provider for client, language and texts, and follows its changes. */
export class EnvironmentController implements ReactiveController {
  /** What the nearest provider gives; undefined without one. */
  value: Environment | undefined;
  readonly #host: Host;
  readonly #waiting = new Set<() => void>();
  #unsubscribe: (() => void) | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#ask();
    // A provider may be defined or inserted after the elements inside it.
    this.#host.ownerDocument.addEventListener("context-provider", this.#onOffer);
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener("context-provider", this.#onOffer);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.value = undefined;
  }

  hostUpdated(): void {
    for (const check of this.#waiting) check();
  }

  /** The provider's client, made if need be. */
  async connect(): Promise<WelbyClient | undefined> {
    return this.value?.connect();
  }

  /** Resolves with the first client that `find` returns or a late provider makes. @throws {client_missing} */
  waitForClient(find: () => WelbyClient | undefined, waitMs: number): Promise<WelbyClient> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        settle();
      };
      const check = () => {
        const client = find();
        if (client) return end(() => resolve(client));
        const making = this.value?.connect();
        if (making) end(() => void making.then(resolve, reject));
      };
      const missing = Object.assign(new Error("There is no client."), {
        code: "client_missing",
        retryable: false,
      });
      const timer = setTimeout(() => end(() => reject(missing)), waitMs);
      this.#waiting.add(check);
    });
  }

  readonly #onOffer = (event: Event): void => {
    if (isEnvironmentOffer(event) && event.target !== this.#host) this.#ask();
  };

  #ask(): void {
    this.#host.dispatchEvent(
      new EnvironmentRequest((environment, unsubscribe) => {
        if (unsubscribe !== this.#unsubscribe) this.#unsubscribe?.();
        this.#unsubscribe = unsubscribe;
        this.value = environment;
        this.#host.requestUpdate();
      }),
    );
  }
}
