import { css, html } from "lit";
import type { PropertyDeclarations, PropertyValues } from "lit";
import type { WelbyClient } from "@welby/sdk";
import { WelbyElement } from "../../internal/base-element.ts";
import { EnvironmentOffer, isEnvironmentRequest } from "../../internal/context.ts";
import type { Environment, EnvironmentRequest } from "../../internal/context.ts";
import { devWarning } from "../../internal/dev-warning.ts";
import { WelbySessionEvent } from "../../internal/events.ts";
import { whenIdle } from "../../internal/idle.ts";
import { toLocale } from "../../internal/messages.ts";

/** Anything but `light` and `dark` follows the person's system. */
export type Theme = "light" | "dark" | "auto";

/**
 * Gives the elements inside it their client, language, theme and texts.
 *
 * ```html
 * <welby-provider base-url="https://api.example.jp" client-id="demo-portal" locale="ja">
 *   <welby-login audience="staff"></welby-login>
 * </welby-provider>
 * ```
 *
 * @slot - The elements, and anything else.
 * @event welby-session - The client was signed in, signed out, locked …: `{ state, reason }`.
 * @cssprop --welby-font-scale - Factor on the font size; 1 unless set.
 * @cssprop --welby-target-size - Height of buttons and fields; 44px, 32px with `density="compact"`.
 * @status experimental
 * @since 0.1.0
 */
export class WelbyProvider extends WelbyElement {
  static override properties: PropertyDeclarations = {
    baseUrl: { attribute: "base-url" },
    clientId: { attribute: "client-id" },
    theme: { reflect: true },
    density: { reflect: true },
  };

  static override styles = css`
    :host {
      display: contents;
    }

    :host([theme="light"]) {
      color-scheme: light;
    }

    :host([theme="dark"]) {
      color-scheme: dark;
    }

    :host([theme="auto"]) {
      color-scheme: light dark;
    }

    :host([density="compact"]) {
      --welby-target-size: 32px;
      --welby-gap: 0.625em;
    }
  `;

  /** Origin and optional path of the API; read when the client is made. */
  declare baseUrl: string | undefined;
  /** The partner client's id; read when the client is made. */
  declare clientId: string | undefined;
  /** `light`, `dark` or `auto`; the page's own `color-scheme` unless set. */
  declare theme: Theme | undefined;
  /** `compact` for dense screens. */
  declare density: "compact" | undefined;

  #made: WelbyClient | undefined;
  #making: Promise<WelbyClient> | undefined;
  #endSubscription: (() => void) | undefined;
  readonly #consumers = new Set<(environment: Environment) => void>();

  constructor() {
    super();
    this.addEventListener("context-request", this.#onRequest);
  }

  override get currentClient(): WelbyClient | undefined {
    return this.client ?? this.#made ?? (this.#isDescribed ? undefined : super.currentClient);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.dispatchEvent(new EnvironmentOffer());
    // After a move; the first time it is followed when it is rendered.
    if (this.hasUpdated) this.#follow(this.currentClient);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endSubscription?.();
    this.#endSubscription = undefined;
    // A client that was made here ends with the provider, unless that is only moved.
    setTimeout(() => this.isConnected || this.#drop());
  }

  override requireClient(waitMs?: number): Promise<WelbyClient> {
    return this.#connect() ?? super.requireClient(waitMs);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.hasUpdated && (changed.has("baseUrl") || changed.has("clientId"))) this.#drop();
    super.willUpdate(changed);
  }

  protected override render() {
    return html`<slot></slot>`;
  }

  protected override updated(_changed: PropertyValues): void {
    const environment = this.#environment();
    for (const tell of this.#consumers) tell(environment);
  }

  protected override clientChanged(client: WelbyClient | undefined): void {
    this.#follow(client);
  }

  get #isDescribed(): boolean {
    return Boolean(this.baseUrl && this.clientId);
  }

  #environment(): Environment {
    const outer = this.environment.value;
    return {
      client: this.currentClient,
      connect: () => this.#connect(),
      locale: toLocale(this.locale) ?? outer?.locale,
      messages: this.messages ?? outer?.messages,
    };
  }

  #connect(): Promise<WelbyClient> | undefined {
    const client = this.currentClient;
    if (client) return Promise.resolve(client);
    if (!this.#isDescribed) return this.environment.value?.connect();
    return (this.#making ??= this.#make());
  }

  /** The SDK is fetched only here, so that a page whose elements bring their own client never loads it twice. */
  async #make(): Promise<WelbyClient> {
    const { baseUrl = "", clientId = "" } = this;
    try {
      const { createClient } = await import("@welby/sdk");
      // The attributes were changed meanwhile: who asks again gets the right one.
      if (baseUrl !== this.baseUrl || clientId !== this.clientId) return await this.requireClient();
      this.#made = createClient({ baseUrl, clientId, locale: this.currentLocale });
      this.requestUpdate();
      return this.#made;
    } catch (thrown) {
      // The next one who asks tries again: a connection may be back by then.
      this.#making = undefined;
      devWarning(this, "could not make a client: check base-url and client-id");
      throw thrown;
    }
  }

  #drop(): void {
    this.#made?.dispose();
    this.#made = undefined;
    this.#making = undefined;
  }

  #follow(client: WelbyClient | undefined): void {
    this.#endSubscription?.();
    if (!client) return;
    // Listening makes the client load itself; what the page shows comes first.
    this.#endSubscription = whenIdle(() => {
      this.#endSubscription = client.on("session", (detail) =>
        this.dispatchEvent(new WelbySessionEvent(detail)),
      );
    });
  }

  readonly #onRequest = (event: Event): void => {
    // Its own question goes to the provider around this one.
    if (!isEnvironmentRequest(event) || event.composedPath()[0] === this) return;
    event.stopImmediatePropagation();
    this.#answer(event);
  };

  #answer({ callback }: EnvironmentRequest): void {
    const unsubscribe = () => void this.#consumers.delete(tell);
    const tell = (environment: Environment) => callback(environment, unsubscribe);
    this.#consumers.add(tell);
    tell(this.#environment());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "welby-provider": WelbyProvider;
  }
}
