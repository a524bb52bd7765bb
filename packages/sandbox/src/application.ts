import { readFileSync } from "node:fs";
import { createBackend, describeError } from "@welby/backend";
import type { Ports } from "@welby/backend/ports";
import type { Health } from "@welby/contract/schemas";
import { publicUrls } from "./addresses.ts";
import type { Log } from "./log.ts";
import { createMetricsPage } from "./metrics/metrics-page.ts";
import { createRequestMetrics } from "./metrics/request-metrics.ts";
import type { SandboxOptions } from "./options.ts";
import { createOutbox } from "./outbox/outbox.ts";
import { repeat } from "./repeat.ts";
import type { HttpServerOptions } from "./server/http-server.ts";

/** Mail is on the outbox page this soon after it was written. */
const DELIVERY_MS = 300;

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

/** The API with the metrics and the outbox pages (not in production) in front of it, under the addresses of a port. */
export function createApplication(
  ports: Ports,
  options: SandboxOptions,
  port: number,
  log: Log,
): Application {
  const { production = false, dataLocation = null } = options;
  const urls = publicUrls(options, port);
  const requests = createRequestMetrics();
  const backend = createBackend(ports, {
    baseUrls: urls,
    issuer: urls[0],
    environment: production ? "production" : "sandbox",
    dataLocation,
    ...(options.securityContact !== undefined && { securityContact: options.securityContact }),
    version,
    log: requests.watch(log),
  });
  const outbox = production ? undefined : createOutbox(ports.store, port);
  const health = async () => {
    const response = await backend.fetch(new Request(`${urls[0]}/health`));
    return (await response.json()) as Health;
  };
  const metrics = createMetricsPage({ version, port, health, requests: () => requests.metrics() });
  const onError = (error: unknown) => log("warn", "Background work failed", describeError(error));
  const stops = [
    repeat(() => backend.deliverOutbox(), DELIVERY_MS, onError),
    repeat(() => backend.deliverWebhooks(), DELIVERY_MS, onError),
    ...backend.scheduledWork.map(({ run, everyMs }) => repeat(run, everyMs, onError)),
  ];
  return {
    url: urls[0],
    origin: new URL(urls[0]).origin,
    fetch: async (request, info) =>
      (await outbox?.(request, info)) ??
      (await metrics(request, info)) ??
      backend.fetch(request, info.ip === null ? {} : { ip: info.ip }),
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
      // What the last requests left behind is under a seal before nobody looks after it any more.
      await backend.sealAudit().catch(onError);
    },
  };
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
