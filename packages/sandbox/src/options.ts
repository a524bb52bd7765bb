import type { Clock } from "@welby/backend/ports";
import type { DatabasePlace } from "./database/connect.ts";
import { portalOrigins } from "./addresses.ts";
import type { Log } from "./log.ts";
import { checkProduction } from "./production-options.ts";
import { addressList } from "./server/remote-address.ts";
import { UnusableOptions } from "./unusable-options.ts";

export { UnusableOptions };

export interface SandboxOptions {
  /** 8787 unless told; 0 takes any free port, a taken one falls back to the next free. */
  readonly port?: number;
  /** Address to listen on; both loopback addresses (`localhost`) unless told. */
  readonly host?: string;
  /** The address that callers know, e.g. `https://api.example.jp` behind a TLS proxy. */
  readonly publicUrl?: string;
  /** Where the embedded database keeps its files. Neither this nor `databaseUrl`: in memory, gone at the end. */
  readonly dataDir?: string;
  /** `postgres://…`: a PostgreSQL server (15 or later) instead of the embedded database. */
  readonly databaseUrl?: string;
  /** `demo` (unless told) puts the seeded hospitals into an empty database; `none` starts without anything. */
  readonly seed?: "demo" | "none";
  /** Origin of the hospital portal: may call the API, and mail links lead there. `http://localhost:8080` unless told. */
  readonly portalOrigin?: string;
  /** Further origins whose pages may call the API, e.g. `http://localhost:5173`. */
  readonly allowOrigins?: readonly string[];
  /** Addresses or ranges of proxies whose `X-Forwarded-For` is believed; nobody's unless told. */
  readonly trustedProxies?: readonly string[];
  /** An address that is told of every event of みなと青空総合病院, signed with a secret that is shown at the start. */
  readonly webhookUrl?: string;
  /** Webhooks may go to this machine too, also by plain http; nowhere but to the public internet by https unless told. */
  readonly localWebhooks?: boolean;
  /** Refuses demo accounts and plain http beyond this machine, and has no `/outbox`. */
  readonly production?: boolean;
  /** Where the data is kept, as `GET /v1/meta` states it; not stated unless told. */
  readonly dataLocation?: string;
  /** URI to which vulnerabilities are reported; the domain's security@ mailbox unless told. */
  readonly securityContact?: string;
  /** Warnings and errors as JSON lines on standard error unless told. */
  readonly log?: Log;
  /** For tests of what takes hours. */
  readonly clock?: Clock;
}

/** @throws UnusableOptions */
export function checkOptions(options: SandboxOptions): void {
  const { port = 8787, dataDir, databaseUrl, trustedProxies = [], production = false } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UnusableOptions(`${port} is not a port number (0 to 65535).`);
  if (dataDir !== undefined && databaseUrl !== undefined) {
    throw new UnusableOptions(
      "A data directory and DATABASE_URL were both given; the data can be in one place only.",
    );
  }
  if (databaseUrl !== undefined && !(/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl))) {
    // Not quoted: it holds a password.
    throw new UnusableOptions(
      "DATABASE_URL is not an address such as postgres://user:password@host:5432/database",
    );
  }
  for (const origin of portalOrigins(options)) checkOrigin(origin);
  if (options.publicUrl !== undefined) checkPublicUrl(options.publicUrl);
  for (const proxy of trustedProxies) checkProxy(proxy);
  if (options.webhookUrl !== undefined) checkWebhookUrl(options);
  if (options.securityContact !== undefined) checkContact(options.securityContact);
  if (production) checkProduction(options);
}

export function databasePlace({ dataDir, databaseUrl }: SandboxOptions): DatabasePlace {
  if (databaseUrl !== undefined) return { url: databaseUrl };
  return dataDir === undefined ? "memory" : { directory: dataDir };
}

function checkOrigin(text: string): void {
  const origin = parsed(text)?.origin;
  if (origin === undefined || origin === "null" || origin !== text) {
    throw new UnusableOptions(
      `${text} is not an origin. Write scheme, host and port only, e.g. http://localhost:5173`,
    );
  }
}

function checkPublicUrl(text: string): void {
  const url = parsed(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) {
    throw new UnusableOptions(`${text} is not a public address. Write it as https://api.example.jp`);
  }
}

function checkWebhookUrl({ webhookUrl = "", localWebhooks = false, production, seed }: SandboxOptions): void {
  const url = parsed(webhookUrl);
  if (!url || !/^https?:$/.test(url.protocol) || url.username) {
    throw new UnusableOptions(
      `${webhookUrl} is not an address of a web server. Write it as https://hooks.example.jp/`,
    );
  }
  if (url.protocol === "http:" && !localWebhooks) {
    throw new UnusableOptions(
      `${webhookUrl} is plain http: webhooks go out by https only. For a server on this machine add --local-webhooks.`,
    );
  }
  if (production || seed === "none")
    throw new UnusableOptions(
      "--webhook belongs to the demo's server client; there is none without the demo.",
    );
}

function checkContact(text: string): void {
  // One line of security.txt: RFC 9116 wants https, mailto or tel.
  if (!/^(https:\/\/|mailto:|tel:)[^\s<>"]+$/.test(text) || !URL.canParse(text)) {
    throw new UnusableOptions(
      `${text} is no contact. Write it as mailto:security@example.jp or https://example.jp/security`,
    );
  }
}

function checkProxy(text: string): void {
  try {
    addressList([text]);
  } catch {
    throw new UnusableOptions(
      `${text} is not an IP address or a range of them. Write it as 10.0.0.1 or 10.0.0.0/8`,
    );
  }
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
