import { performance } from "node:perf_hooks";
import type { Health } from "@welby/contract/schemas";
import type { ConnectionInfo } from "../server/http-server.ts";
import { isLocalRequest } from "../server/local-request.ts";
import { refusal } from "../server/refusal.ts";
import { exposition, MEDIA_TYPE, type Metric } from "./exposition.ts";

export interface MetricsPageOptions {
  readonly version: string;
  readonly health: () => Promise<Health>;
  readonly requests: () => readonly Metric[];
  /** The port of the sandbox, part of the names it may be asked by. */
  readonly port: number;
}

/**
 * Answers `/metrics` to whoever collects them on this machine; undefined for every other path.
 * Numbers and names of operations only: no person, no institution, no client, no id.
 */
export function createMetricsPage(options: MetricsPageOptions) {
  return async (request: Request, { peer }: ConnectionInfo): Promise<Response | undefined> => {
    if (new URL(request.url).pathname !== "/metrics") return undefined;
    // From elsewhere it looks as if there were none.
    if (!isLocalRequest(request.headers, peer, options.port)) return refusal("not_found");
    if (request.method !== "GET" && request.method !== "HEAD") return refusal("method_not_allowed");
    const text = exposition([
      ...serviceMetrics(options.version, await options.health()),
      ...options.requests(),
      ...processMetrics(),
    ]);
    return new Response(request.method === "HEAD" ? null : text, {
      headers: {
        "content-type": MEDIA_TYPE,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  };
}

function serviceMetrics(version: string, { checks }: Health): Metric[] {
  const { database, clockSkewMs, outboxDepth } = checks;
  return [
    gauge("welby_build_info", "The version that runs.", 1, { version }),
    gauge("welby_database_up", "1 while the database answers.", database === "ok" ? 1 : 0),
    ...(database === "ok"
      ? [gauge("welby_outbox_depth", "Messages that wait to be handed over.", outboxDepth)]
      : []),
    ...(clockSkewMs === null
      ? []
      : [
          gauge(
            "welby_clock_skew_seconds",
            "How far this clock is ahead of the database's.",
            clockSkewMs / 1000,
          ),
        ]),
  ];
}

function processMetrics(): Metric[] {
  const { user, system } = process.cpuUsage();
  const cpu = { value: (user + system) / 1e6 };
  const startedAt = Math.floor(performance.timeOrigin / 1000);
  return [
    {
      name: "process_cpu_seconds_total",
      help: "CPU time of this process.",
      type: "counter",
      samples: [cpu],
    },
    gauge("process_resident_memory_bytes", "Memory of this process.", process.memoryUsage.rss()),
    gauge("process_start_time_seconds", "When this process began, in seconds since 1970.", startedAt),
    gauge(
      "nodejs_eventloop_utilization",
      "Share of its life that the event loop was busy.",
      performance.eventLoopUtilization().utilization,
    ),
  ];
}

function gauge(name: string, help: string, value: number, labels: Record<string, string> = {}): Metric {
  return { name, help, type: "gauge", samples: [{ labels, value }] };
}
