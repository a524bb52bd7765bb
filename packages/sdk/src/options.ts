import type { Locale } from "@welby/contract/errors";
import { WelbyConfigurationError } from "./errors/welby-error.ts";
import { own } from "./own.ts";
import type { SessionStore } from "./stores/store.ts";
import type { Transport } from "./transport/transport.ts";
import type { ClientOptions, Logger } from "./types.ts";

/** The options of a client after checking: complete and frozen. */
export interface Settings {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly locale: Locale;
  readonly store: "origin" | "memory" | SessionStore;
  readonly tokenBinding: "dpop" | "bearer";
  readonly attemptMs: number;
  readonly totalMs: number;
  readonly maxRetries: number;
  readonly transport: Transport | undefined;
  readonly logger: Logger | undefined;
}

/** Checks the options once, so that no later part has to. @throws {invalid_configuration} */
export function checkOptions(given: ClientOptions): Settings {
  const options = own(given);
  const timeoutMs = own(options.timeoutMs);
  const { clientId, locale = "ja", store = "origin", tokenBinding = "dpop", transport, logger } = options;
  const { attempt = 10_000, total = 30_000 } = timeoutMs;
  const { maxRetries = 2 } = own(options.retry);

  check(
    typeof clientId === "string" && /^[\w.~-]{1,128}$/.test(clientId),
    "clientId",
    "the id of a partner client",
  );
  check(locale === "ja" || locale === "en", "locale", '"ja" or "en"');
  check(
    store === "origin" || store === "memory" || has(store, "keyPair", "read", "write", "clear"),
    "store",
    '"origin", "memory" or a SessionStore',
  );
  check(tokenBinding === "dpop" || tokenBinding === "bearer", "tokenBinding", '"dpop" or "bearer"');
  check(attempt > 0 && attempt < 1e9, "timeoutMs.attempt", "milliseconds");
  check(total > 0 && total < 1e9, "timeoutMs.total", "milliseconds");
  check(maxRetries >= 0 && maxRetries <= 5 && maxRetries % 1 === 0, "retry.maxRetries", "0 to 5");
  check(!transport || has(transport, "send"), "transport", "an object with a method send");
  check(!logger || has(logger, "debug", "warn"), "logger", "an object with the methods debug and warn");

  return Object.freeze({
    __proto__: null,
    baseUrl: checkBaseUrl(options.baseUrl),
    clientId,
    locale,
    store,
    tokenBinding,
    attemptMs: attempt,
    totalMs: total,
    maxRetries,
    transport,
    logger,
  });
}

/** Tokens and passwords travel to this address: https, or plain http that never leaves the machine. */
function checkBaseUrl(text: unknown): string {
  let url: URL | undefined;
  try {
    if (typeof text === "string") url = new URL(text);
  } catch {
    // Said below.
  }
  if (!url) throw new WelbyConfigurationError("baseUrl", "an absolute URL");
  const loopback = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  check(
    url.protocol === "https:" || (url.protocol === "http:" && loopback),
    "baseUrl",
    "https (plain http only on loopback)",
  );
  check(
    !url.username && !url.password && !url.search && !url.hash,
    "baseUrl",
    "without credentials, query or fragment",
  );
  return url.href.replace(/\/+$/, "");
}

function check(condition: boolean, option: string, expected: string): asserts condition {
  if (!condition) throw new WelbyConfigurationError(option, expected);
}

function has(value: unknown, ...methods: string[]): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    methods.every((name) => typeof (value as Record<string, unknown>)[name] === "function")
  );
}
