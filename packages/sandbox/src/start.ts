import { createStoredKeys, describeError } from "@welby/backend";
import {
  systemClock,
  webRandom,
  type Mailer,
  type Ports,
  type Sms,
  type Store,
  type WebhookEndpoint,
} from "@welby/backend/ports";
import { demoSignIns, seedDemo, type DemoSignIn } from "@welby/backend/seed";
import { portalOrigins } from "./addresses.ts";
import { createApplication, type Application } from "./application.ts";
import { connectStore } from "./database/connect.ts";
import { createArgon2Hasher } from "./hasher-argon2.ts";
import { jsonLog, type Log } from "./log.ts";
import { checkOptions, databasePlace, type SandboxOptions } from "./options.ts";
import { refuseUnfitData } from "./production.ts";
import { addressList } from "./server/remote-address.ts";
import { serve } from "./server/serve.ts";
import { setDemoEndpoint } from "./webhooks/demo-endpoint.ts";
import { createWebhookSender } from "./webhooks/webhook-sender.ts";

/** A sandbox that runs. */
export interface Sandbox {
  /** e.g. `http://localhost:8787` */
  readonly url: string;
  readonly port: number;
  /** Where sent mail can be read; null in production. */
  readonly outboxUrl: string | null;
  /** The seeded accounts; empty without the demo. */
  readonly signIns: readonly DemoSignIn[];
  /** The endpoint that `webhookUrl` asked for, with its secret. */
  readonly webhook: WebhookEndpoint | null;
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
  const opened = await connectStore(databasePlace(options), (error) =>
    log("warn", "The database had a problem in the background", describeError(error)),
  );
  const { clock } = options;
  // Time that a test sets is the database's as well: it is not two clocks that went apart.
  const store = clock ? { ...opened, now: async () => clock.now() } : opened;
  try {
    return await startOn(store, options, log);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The same over a store that is open already; closing the sandbox closes it. */
export async function startOn(store: Store, options: SandboxOptions, log: Log): Promise<Sandbox> {
  const { production = false, seed = production ? "none" : "demo", clock = systemClock } = options;
  const hasher = createArgon2Hasher();
  if (production) await refuseUnfitData(store);
  if (seed === "demo") await seedDemo(store, { clock, hasher, portalOrigins: portalOrigins(options) });
  const webhook =
    options.webhookUrl === undefined ? null : await setDemoEndpoint(store, webRandom, options.webhookUrl);
  const keys = createStoredKeys(store, clock, webRandom);
  const webhooks = createWebhookSender({ allowLoopback: options.localWebhooks ?? false });
  const ports: Ports = { store, clock, hasher, keys, random: webRandom, mailer: local, sms: local, webhooks };

  const { serving, application } = await open(ports, options, log);
  const { port } = serving;
  let closing: Promise<void> | undefined;
  return {
    url: application.url,
    port,
    outboxUrl: production ? null : `http://localhost:${port}/outbox`,
    signIns: seed === "demo" ? demoSignIns : [],
    webhook,
    // The calls in flight first, then the work beside them, the database last.
    close: () =>
      (closing ??= serving
        .stop()
        .then(() => application.stop())
        .then(() => store.close())),
  };
}

/** The API needs to know its port, and a port is known once it is open: calls that come in between wait a moment. */
async function open(ports: Ports, options: SandboxOptions, log: Log) {
  let ready: (application: Application) => void = () => undefined;
  const starting = new Promise<Application>((resolve) => (ready = resolve));
  const serving = await serve({
    host: options.host ?? "localhost",
    port: options.port ?? 8787,
    trustedProxies: addressList(options.trustedProxies ?? []),
    baseUrl: async () => (await starting).origin,
    onError: (error) => log("error", "A request could not be answered", describeError(error)),
    fetch: async (request, info) => (await starting).fetch(request, info),
  });
  try {
    const application = createApplication(ports, options, serving.port, log);
    ready(application);
    return { serving, application };
  } catch (error) {
    await serving.stop();
    throw error;
  }
}

/** Nothing leaves this machine: what counts as sent is what the outbox page shows. */
const local: Mailer & Sms = { send: async () => undefined };
