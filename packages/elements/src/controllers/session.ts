import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { SessionReason, SessionState, WelbyClient } from "@welby/sdk";

export interface SessionHooks {
  /** Data may be loaded. `samePerson`: a lock was lifted, so what was typed before belongs to the same person. */
  onOpen(samePerson: boolean): void;
  /** Nothing of the institution may stay on the screen; what was typed survives only a lock. */
  onClose(drop: "view" | "everything"): void;
}

/** Follows the client's session for an element that shows data: opens it, blanks it, and says which of the two. */
export class SessionController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #hooks: SessionHooks;
  #client: WelbyClient | undefined;
  #end: (() => void) | undefined;
  #state: SessionState = "loading";

  constructor(host: ReactiveControllerHost & Element, hooks: SessionHooks) {
    this.#host = host;
    this.#hooks = hooks;
    host.addController(this);
  }

  /** The error code that explains a closed element; undefined while it is open or not known yet. */
  get closedBy(): "unauthenticated" | "session_locked" | "password_change_required" | undefined {
    if (this.#state === "signed_out") return "unauthenticated";
    if (this.#state === "locked") return "session_locked";
    return this.#state === "password_change_required" ? this.#state : undefined;
  }

  get isOpen(): boolean {
    return this.#state === "signed_in";
  }

  /** The client whose session counts from now on. */
  use(client: WelbyClient | undefined): void {
    if (client === this.#client) return;
    this.#forget();
    this.#client = client;
    this.hostConnected();
  }

  hostConnected(): void {
    const client = this.#client;
    if (!client || this.#end) return;
    this.#end = client.on("session", ({ state, reason }) => this.#set(state, reason));
    const started = this.#end;
    const settle = (state: SessionState) => {
      if (this.#end === started) this.#set(state, "restored");
    };
    // A client that cannot know its session says why at the first call.
    void client.session.ready().then(settle, () => settle("signed_in"));
  }

  hostDisconnected(): void {
    // A move to another place of the page is no end. Outside of it nobody would tell of a change of persons.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#forget();
    });
  }

  #forget(): void {
    this.#end?.();
    this.#end = undefined;
    this.#state = "loading";
    if (this.#client) this.#hooks.onClose("everything");
  }

  #set(state: SessionState, reason: SessionReason): void {
    const before = this.#state;
    // Somebody signed in over a session that was open: it may be somebody else.
    const replaced = before === "signed_in" && state === "signed_in" && reason === "signed_in";
    if (state === before && !replaced) return;
    this.#state = state;
    if (replaced || state !== "signed_in") this.#hooks.onClose(state === "locked" ? "view" : "everything");
    if (state === "signed_in") this.#hooks.onOpen(before === "locked" && reason === "reauthenticated");
    this.#host.requestUpdate();
  }
}
