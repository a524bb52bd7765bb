import { operations } from "@welby/contract";
import type { Log, LogFields } from "../log.ts";
import type { Metric, Sample } from "./exposition.ts";

/** Seconds; an answer from 5 ms to what a caller gives up on. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Durations {
  /** How many took no longer than the bound of the same place. */
  readonly buckets: number[];
  sum: number;
  count: number;
}

export interface RequestMetrics {
  /** Counts what passes through a log on its way. */
  watch(log: Log): Log;
  metrics(): Metric[];
}

/** Counts answers and problems of this process, from the very lines that the log gets: nothing else is known here. */
export function createRequestMetrics(): RequestMetrics {
  const answers = new Map<string, Sample & { value: number }>();
  const durations = new Map<string, Durations>();
  const lines = { info: 0, warn: 0, error: 0 };

  function record(fields: LogFields): void {
    const operation = nameOf(fields["operation"]);
    const status = String(fields["status"]);
    const key = `${operation} ${status}`;
    const answer = answers.get(key) ?? { labels: { operation, status }, value: 0 };
    answers.set(key, answer);
    answer.value++;
    observe(durations, operation, Number(fields["ms"]) / 1000);
  }

  return {
    watch: (log) => (level, message, fields) => {
      lines[level]++;
      if (message === "request") record(fields);
      log(level, message, fields);
    },
    metrics: () => [
      {
        name: "welby_requests_total",
        help: "Answers by operation and status; none stands for what is no operation.",
        type: "counter",
        samples: [...answers.values()],
      },
      {
        name: "welby_request_duration_seconds",
        help: "Time until the answer was ready, by operation.",
        type: "histogram",
        samples: [...durations].flatMap(([operation, one]) => histogram(operation, one)),
      },
      {
        name: "welby_log_lines_total",
        help: "Lines of the log by level, those included that it was told to leave out.",
        type: "counter",
        samples: Object.entries(lines).map(([level, value]) => ({ labels: { level }, value })),
      },
    ],
  };
}

/** Only what the contract names: anything else would let a caller invent series. */
function nameOf(operation: unknown): string {
  return typeof operation === "string" && Object.hasOwn(operations, operation) ? operation : "none";
}

function observe(durations: Map<string, Durations>, operation: string, seconds: number): void {
  const one = durations.get(operation) ?? { buckets: BOUNDS.map(() => 0), sum: 0, count: 0 };
  durations.set(operation, one);
  BOUNDS.forEach((bound, index) => {
    if (seconds <= bound) one.buckets[index] = (one.buckets[index] ?? 0) + 1;
  });
  one.sum += seconds;
  one.count++;
}

function histogram(operation: string, { buckets, sum, count }: Durations): Sample[] {
  const bucket = (le: string, value: number) => ({ suffix: "_bucket", labels: { operation, le }, value });
  return [
    ...BOUNDS.map((bound, index) => bucket(String(bound), buckets[index] ?? 0)),
    bucket("+Inf", count),
    { suffix: "_sum", labels: { operation }, value: sum },
    { suffix: "_count", labels: { operation }, value: count },
  ];
}
