import { readFileSync } from "node:fs";
import { createBackend, createStoredKeys, describeError } from "@welby/backend";
import { systemClock, webRandom, type Mailer, type Ports, type Sms, type Store } from "@welby/backend/ports";
import { demoSignIns, seedDemo, type DemoSignIn } from "@welby/backend/seed";
import { connectStore } from "./database/connect.ts";
import { createArgon2Hasher } from "./hasher-argon2.ts";
import { jsonLog, type Log } from "./log.ts";
import { checkOptions, databasePlace, DEFAULT_PORTAL, type SandboxOptions } from "./options.ts";
import { createOutbox } from "./outbox/outbox.ts";
import { refuseDemoData } from "./production.ts";
import { repeat } from "./repeat.ts";
import { addressList } from "./server/remote-address.ts";
import { serve, type Serving } from "./server/serve.ts";

/** Mail is on the outbox page this soon after it was written. */
const DELIVERY_MS = 300;
const SWEEP_MS = 10 * 60_000;

/** A sandbox that runs. */
export interface Sandbox {
  /** e.g. `http://localhost:8787` */
  readonly url: string;
  readonly port: number;
  /** Where sent mail can be read; null in production. */
  readonly outboxUrl: string | null;
  /** The seeded accounts; empty without the demo. */
  readonly signIns: readonly DemoSignIn[];
  /** Lets calls in flight finish, then closes the database. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts the API in this process, over a real database and a real HTTP server.
 * @throws UnusableOptions, DataDirectoryInUse, or the database's own error; then nothing is left open
 * @example
 * const sandbox = await startSandbox({ port: 0, portalOrigin: "http://localhost:8080" });
 * await fetch(`${sandbox.url}/health`);
 * await sandbox.close();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkOptions(options);
  const { log = jsonLog({ level: "warn" }) } = options;
  const store = await connectStore(databasePlace(options), (error) =>
    log("warn", "The database had a problem in the background", describeError(error)),
  );
  try {
    return await startOn(store, options, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function startOn(store: Store, options: SandboxOptions, log: Log): Promise<Sandbox> {
  const { production = false, seed = production ? "none" : "demo", clock = systemClock } = options;
  const hasher = createArgon2Hasher();
  if (production) await refuseDemoData(store);
  if (seed === "demo") await seedDemo(store, { clock, hasher, portalOrigins: origins(options) });
  const ports: Ports = {
    store,
    clock,
    hasher,
    random: webRandom,
    mailer: local,
    sms: local,
    keys: createStoredKeys(store, clock, webRandom),
  };

  // The port is known only once the server listens; calls that come before the API is ready wait a moment.
  let ready: (application: Application) => void = () => undefined;
  const application = new Promise<Application>((resolve) => (ready = resolve));
  let url = options.publicUrl ?? "";
  const serving = await serve({
    host: options.host ?? "localhost",
    port: options.port ?? 8787,
    trustedProxies: addressList(options.trustedProxies ?? []),
    baseUrl: () => new URL(url).origin,
    onError: (error) => log("error", "A request could not be answered", describeError(error)),
    fetch: async (request, info) => (await application)(request, info),
  });
  const urls = publicUrls(options, serving.port);
  url = urls[0] ?? "";

  const backend = createBackend(ports, {
    baseUrls: urls,
    issuer: url,
    environment: production ? "production" : "sandbox",
    dataLocation: options.dataLocation ?? null,
    version,
    log,
  });
  const outbox = production ? undefined : createOutbox(store, () => serving.port);
  ready(
    async (request, info) =>
      (await outbox?.(request, info)) ?? backend.fetch(request, info.ip === null ? {} : { ip: info.ip }),
  );

  const onError = (error: unknown) => log("warn", "Background work failed", describeError(error));
  const stops = [
    repeat(() => backend.deliverOutbox(), DELIVERY_MS, onError),
    repeat(() => backend.sweep(), SWEEP_MS, onError),
  ];
  let closing: Promise<void> | undefined;
  return {
    url,
    port: serving.port,
    outboxUrl: outbox ? `http://localhost:${serving.port}/outbox` : null,
    signIns: seed === "demo" ? demoSignIns : [],
    close: () => (closing ??= close(serving, stops, store)),
  };
}

type Application = Parameters<typeof serve>[0]["fetch"];

async function close(serving: Serving, stops: readonly (() => Promise<void>)[], store: Store): Promise<void> {
  await serving.stop();
  await Promise.all(stops.map((stop) => stop()));
  await store.close();
}

/** Nothing leaves this machine: what counts as sent is what the outbox page shows. */
const local: Mailer & Sms = { send: async () => undefined };

function origins({ portalOrigin = DEFAULT_PORTAL, allowOrigins = [] }: SandboxOptions): string[] {
  return [...new Set([portalOrigin, ...allowOrigins])];
}

/** The names by which the API may be called; a DPoP proof for any other name is refused. */
function publicUrls({ publicUrl, host = "localhost" }: SandboxOptions, port: number): string[] {
  if (publicUrl !== undefined) return [publicUrl.replace(/\/+$/, "")];
  const names =
    host === "localhost"
      ? ["localhost", "127.0.0.1", "[::1]"]
      : [host.includes(":") ? `[${host}]` : host, "localhost", "127.0.0.1"];
  return names.map((name) => `http://${name}:${port}`);
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
