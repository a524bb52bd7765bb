import { isIP } from "node:net";
import type { SandboxOptions } from "./options.ts";
import { UnusableOptions } from "./unusable-options.ts";

/** Passwords that a database has before anybody gives it one. */
const DEFAULT_PASSWORDS = ["postgres", "password", "admin", "root", "secret", "changeme", "welby"];

/** What a developer may do at home and nobody may do with patients' data. @throws UnusableOptions */
export function checkProduction(options: SandboxOptions): void {
  for (const refuse of [demo, plainHttp, openDoors, lostData]) refuse(options);
}

function demo({ seed }: SandboxOptions): void {
  if (seed === "demo") {
    throw new UnusableOptions(
      "Production mode refuses the demo's accounts: everybody knows their passwords. Use --seed none.",
    );
  }
}

function plainHttp({ host = "localhost", publicUrl, portalOrigin, allowOrigins = [] }: SandboxOptions): void {
  if (!isLoopbackName(host) && !publicUrl?.startsWith("https:")) {
    throw new UnusableOptions(
      "Production mode refuses plain http beyond this machine: put a TLS proxy in front and name it by --public-url https://…",
    );
  }
  for (const url of [publicUrl, portalOrigin, ...allowOrigins]) {
    if (url !== undefined && isPlainBeyondLoopback(url))
      throw new UnusableOptions(`Production mode refuses plain http beyond this machine: ${url}`);
  }
}

function openDoors({ localWebhooks = false, trustedProxies = [], databaseUrl }: SandboxOptions): void {
  if (localWebhooks) {
    throw new UnusableOptions(
      "Production mode refuses --local-webhooks: whoever registers an endpoint could reach the services of this machine.",
    );
  }
  const wide = trustedProxies.find(isWide);
  if (wide !== undefined) {
    throw new UnusableOptions(
      `Production mode refuses to believe X-Forwarded-For from ${wide}: callers could choose the address that they are counted under. Name the proxies only.`,
    );
  }
  if (databaseUrl !== undefined && DEFAULT_PASSWORDS.includes(new URL(databaseUrl).password.toLowerCase())) {
    throw new UnusableOptions(
      "Production mode refuses the database's password: it is one that everybody tries first. Give the database another one.",
    );
  }
}

function lostData({ dataDir, databaseUrl }: SandboxOptions): void {
  if (dataDir === undefined && databaseUrl === undefined) {
    throw new UnusableOptions(
      "Production mode refuses a database in memory: it would be gone at the end. Set DATABASE_URL or --data.",
    );
  }
}

/** Plain http that leaves this machine. */
export function isPlainBeyondLoopback(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === "http:" && !isLoopbackName(new URL(url).hostname);
}

/** A range in which strangers live. */
function isWide(range: string): boolean {
  const [address = "", prefix] = range.split("/");
  return prefix !== undefined && Number(prefix) < (isIP(address) === 6 ? 16 : 8);
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?)$/.test(host);
}
