import { LitElement } from "lit";
import type { PropertyDeclarations, PropertyValues } from "lit";
import type { Locale } from "@welby/contract/errors";
import type { WelbyClient } from "@welby/sdk";
import { EnvironmentController } from "../controllers/environment.ts";
import { devWarning } from "./dev-warning.ts";
import { toLocale } from "./messages.ts";
import type { MessageOverrides } from "./messages.ts";

/**
 * What every element shares: where its client, language and texts come from.
 *
 * Properties are declared by `static properties` and `declare`, not by decorators: every compiler (tsc, esbuild, oxc,
 * Node's type stripping) then makes the same class, and tslib stays out of the page.
 */
export abstract class WelbyElement extends LitElement {
  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    locale: { type: String },
    messages: { attribute: false },
  };

  /** The client to use instead of the provider's. */
  declare client: WelbyClient | undefined;
  /** `ja` or `en`; else the provider's, the client's or the page's language. */
  declare locale: string | undefined;
  /** Own texts for this element, by language and message id. */
  declare messages: MessageOverrides | undefined;

  protected readonly environment = new EnvironmentController(this);
  #client: WelbyClient | undefined;

  /** The client in use: this element's own, or the provider's. */
  get currentClient(): WelbyClient | undefined {
    return this.client ?? this.environment.value?.client;
  }

  /** The language in use. */
  get currentLocale(): Locale {
    return (
      toLocale(this.locale) ??
      this.environment.value?.locale ??
      this.currentClient?.locale ??
      toLocale(this.closest("[lang]")?.getAttribute("lang")) ??
      "ja"
    );
  }

  /** The provider's texts, for the localize controller. */
  get inheritedMessages(): MessageOverrides | undefined {
    return this.environment.value?.messages;
  }

  /**
   * The client, made by the provider if need be. Waits for a provider that is still to come.
   * @throws {client_missing} after `waitMs` without a client
   */
  async requireClient(waitMs = 5000): Promise<WelbyClient> {
    const client = this.currentClient ?? (await this.environment.connect());
    if (client) return client;
    return this.environment
      .waitForClient(() => this.currentClient, waitMs)
      .catch((thrown: unknown) => {
        devWarning(
          this,
          "has no client: put it into a <welby-provider base-url client-id> or set its .client",
        );
        throw thrown;
      });
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const client = this.currentClient;
    if (client === this.#client) return;
    const previous = this.#client;
    this.#client = client;
    this.clientChanged(client, previous);
  }

  /** Called before rendering when another client is in use; drop what belongs to the former one. */
  protected clientChanged(_client: WelbyClient | undefined, _previous: WelbyClient | undefined): void {}
}
