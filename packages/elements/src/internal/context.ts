import type { WelbyClient } from "@welby/sdk";
import type { Locale } from "@welby/contract/errors";
import type { MessageOverrides } from "./messages.ts";

/** What a `welby-provider` gives to the elements inside it. */
export interface Environment {
  readonly client: WelbyClient | undefined;
  /** Makes the client if the provider only describes it by attributes; undefined if it does not. */
  connect(): Promise<WelbyClient> | undefined;
  readonly locale: Locale | undefined;
  readonly messages: MessageOverrides | undefined;
}

/** A plain string, so that two copies of this package on one page understand each other. */
const KEY = "welby-environment";

type Callback = (environment: Environment, unsubscribe: () => void) => void;

/**
 * The community's context protocol (webcomponents-cg/community-protocols), written here because `@lit/context`
 * costs ten times these lines and brings nothing that is used.
 */
export class EnvironmentRequest extends Event {
  readonly context = KEY;
  readonly callback: Callback;
  readonly subscribe = true;

  constructor(callback: Callback) {
    super("context-request", { bubbles: true, composed: true });
    this.callback = callback;
  }
}

/** Says that a provider came later than the elements inside it, so that they ask again. */
export class EnvironmentOffer extends Event {
  readonly context = KEY;

  constructor() {
    super("context-provider", { bubbles: true, composed: true });
  }
}

export function isEnvironmentRequest(event: Event): event is EnvironmentRequest {
  return (event as Partial<EnvironmentRequest>).context === KEY && "callback" in event;
}

export function isEnvironmentOffer(event: Event): event is EnvironmentOffer {
  return (event as Partial<EnvironmentOffer>).context === KEY;
}
