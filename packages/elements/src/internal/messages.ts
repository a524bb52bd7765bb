import type { Locale } from "@welby/contract/errors";

/** The texts of one element. `ja` is the source and the fallback; the typing of `en` makes a missing text a compile error. */
export interface Catalogue {
  readonly ja: Readonly<Record<string, string>>;
  readonly en: Readonly<Record<string, string>>;
}

/** The other language of a catalogue: `const en: TranslationOf<typeof ja> = { … }`. */
export type TranslationOf<Ja> = Readonly<Record<keyof Ja, string>>;

/**
 * A partner's own texts, by language and message id. On an element: `{ ja: { title: "…" } }`; on a provider the
 * element's name comes first: `{ ja: { "login.title": "…" } }`. Error texts are `error.<code>` on both.
 */
export type MessageOverrides = Readonly<Partial<Record<Locale, Readonly<Record<string, string>>>>>;

type PlaceholderOf<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderOf<Rest>
  : never;

/** The arguments a text needs: none, or an object with a value for each of its `{placeholders}`. */
export type ValuesOf<Text> = [PlaceholderOf<Text>] extends [never]
  ? []
  : [values: Readonly<Record<PlaceholderOf<Text>, string | number>>];

/** Puts values into `{name}` placeholders; a placeholder without a value stays as it is. */
export function fillIn(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The language of this kit for a BCP 47 tag such as `en-US`; undefined for one it does not speak. */
export function toLocale(tag: string | null | undefined): Locale | undefined {
  const language = tag?.toLowerCase().split("-")[0];
  return language === "ja" || language === "en" ? language : undefined;
}
