import { readFileSync } from "node:fs";
import { createBackend, describeError } from "@welby/backend";
import type { Ports } from "@welby/backend/ports";
import { publicUrls } from "./addresses.ts";
import type { Log } from "./log.ts";
import type { SandboxOptions } from "./options.ts";
import { createOutbox } from "./outbox/outbox.ts";
import { repeat } from "./repeat.ts";
import type { HttpServerOptions } from "./server/http-server.ts";

/** Mail is on the outbox page this soon after it was written. */
const DELIVERY_MS = 300;
const SWEEP_MS = 10 * 60_000;

/** What the server serves, and the work that goes on beside it. */
export interface Application {
  /** The address to tell. */
  readonly url: string;
  /** The same without a path that a proxy may have taken off. */
  readonly origin: string;
  readonly fetch: HttpServerOptions["fetch"];
  /** Ends the work beside it. */
  stop(): Promise<void>;
}

/** The API with the outbox pages in front of it (not in production), under the addresses of a port. */
export function createApplication(
  ports: Ports,
  options: SandboxOptions,
  port: number,
  log: Log,
): Application {
  const { production = false, dataLocation = null } = options;
  const urls = publicUrls(options, port);
  const backend = createBackend(ports, {
    baseUrls: urls,
    issuer: urls[0],
    environment: production ? "production" : "sandbox",
    dataLocation,
    version,
    log,
  });
  const outbox = production ? undefined : createOutbox(ports.store, port);
  const onError = (error: unknown) => log("warn", "Background work failed", describeError(error));
  const stops = [
    repeat(() => backend.deliverOutbox(), DELIVERY_MS, onError),
    repeat(() => backend.sweep(), SWEEP_MS, onError),
  ];
  return {
    url: urls[0],
    origin: new URL(urls[0]).origin,
    fetch: async (request, info) =>
      (await outbox?.(request, info)) ?? backend.fetch(request, info.ip === null ? {} : { ip: info.ip }),
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
