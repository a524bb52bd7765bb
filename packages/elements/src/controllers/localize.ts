import type { ReactiveController } from "lit";
import type { ErrorText, Locale } from "@welby/contract/errors";
import type { WelbyElement } from "../internal/base-element.ts";
import type { Failure } from "../internal/failure.ts";
import { commonMessages } from "../internal/common.messages.ts";
import { fillIn } from "../internal/messages.ts";
import type { Catalogue, ValuesOf } from "../internal/messages.ts";

/** The host's part that this controller needs. */
type Host = Pick<
  WelbyElement,
  "addController" | "requestUpdate" | "currentLocale" | "messages" | "inheritedMessages"
>;

type ErrorTexts = typeof import("@welby/contract/errors");

/** Gives the text for an id of a catalogue, with a value for each of its placeholders. */
export type Translate<C extends Catalogue> = <Id extends keyof C["ja"] & string>(
  id: Id,
  ...values: ValuesOf<C["ja"][Id]>
) => string;

/** Fetched with the first error that is shown, or before that by {@link preloadErrorTexts}: most pages never show one. */
let errorTexts: ErrorTexts | undefined;
let loading: Promise<void> | undefined;

/** Fetches the error texts. Never rejects. */
export function preloadErrorTexts(): Promise<void> {
  loading ??= import("@welby/contract/errors").then(
    (loaded) => {
      errorTexts = loaded;
    },
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/** Waits for the error texts before something is said that could not be said anew; not long, and never rejects. */
export async function errorTextsOrPatience(): Promise<void> {
  if (errorTexts) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([preloadErrorTexts(), new Promise((resolve) => (timer = setTimeout(resolve, 2000)))]);
  clearTimeout(timer);
}

/**
 * The texts of one element in the language in use. An element's own `messages` win over the provider's, and those over
 * the catalogue; Japanese stands in for what a language lacks.
 */
export class LocalizeController<const C extends Catalogue> implements ReactiveController {
  readonly #host: Host;
  readonly #name: string;
  /** A text of this element. @example t("selected", { name, total: 3 }) */
  readonly t: Translate<C>;

  constructor(host: Host, name: string, catalogue: C) {
    this.#host = host;
    this.#name = name;
    this.t = this.of(catalogue);
    host.addController(this);
  }

  get locale(): Locale {
    return this.#host.currentLocale;
  }

  hostConnected(): void {}

  /** Texts of another catalogue under this element's name, e.g. of a part that is loaded later. */
  of =
    <const D extends Catalogue>(catalogue: D): Translate<D> =>
    (id, ...[values]) =>
      fillIn(this.#find(catalogue, id), values);

  /** A text that all elements share. */
  readonly common = this.of(commonMessages);

  /**
   * What a person reads for a failure. Until the texts are there (or if they cannot be had) a short text stands in.
   * `message` says it better than the catalogue in one place; a partner's own text still wins.
   */
  errorText = (failure: Pick<Failure, "code"> & Partial<Failure>, message?: string): ErrorText => {
    // Only when they came: a page without a connection would render and fail for ever.
    if (!errorTexts) void preloadErrorTexts().then(() => errorTexts && this.#host.requestUpdate());
    const seconds = failure.retryAfterMs === undefined ? undefined : Math.ceil(failure.retryAfterMs / 1000);
    const found = errorTexts?.errorText(failure.code, this.locale, seconds === undefined ? {} : { seconds });
    const override = this.#override(`error.${failure.code}`);
    if (override) return { message: fillIn(override, { seconds: seconds ?? "" }), remedy: "" };
    const text = found ?? { message: this.common("failed"), remedy: this.common("failedRemedy") };
    return message === undefined ? text : { ...text, message };
  };

  #find(catalogue: Catalogue, id: string): string {
    return this.#override(id) ?? catalogue[this.locale][id] ?? catalogue.ja[id] ?? id;
  }

  #override(id: string): string | undefined {
    const inherited = this.#host.inheritedMessages?.[this.locale];
    return this.#host.messages?.[this.locale]?.[id] ?? inherited?.[`${this.#name}.${id}`] ?? inherited?.[id];
  }
}
