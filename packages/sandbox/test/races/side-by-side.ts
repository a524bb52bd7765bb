import { after, before } from "node:test";
import type { Store } from "@welby/backend/ports";
import type { Fetch } from "@welby/backend/testing";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/index.ts";

export interface SideBySide {
  /** The address that clients know. */
  readonly url: string;
  /** Sends each call to the next of the two servers, as a load balancer does. */
  readonly fetch: Fetch;
  /** Sends each call to one of them. */
  readonly via: (index: 0 | 1) => Fetch;
  readonly sandboxes: readonly Sandbox[];
  /** Starts one more beside them, for the test that ends it. */
  readonly another: () => Promise<Sandbox>;
  /** The same database, to look into. */
  readonly store: Store;
}

/** Two sandboxes over one real PostgreSQL at READ COMMITTED, for the tests of one file. */
export function twoSandboxes(options: SandboxOptions = {}): () => SideBySide {
  let started: SideBySide | undefined;
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  before(async () => {
    postgres = await startPostgres();
    const start = (port: number, publicUrl?: string) =>
      startSandbox({
        ...options,
        databaseUrl: postgres.url,
        port,
        ...(publicUrl !== undefined && { publicUrl }),
      });
    // Both answer to the address of the first, as behind one name.
    const first = await start(0);
    const second = await start(0, first.url);
    const via =
      (index: number): Fetch =>
      (request) => {
        const url = new URL(request.url);
        url.port = String(index === 0 ? first.port : second.port);
        return fetch(new Request(url, request));
      };
    let turn = 0;
    started = {
      url: first.url,
      sandboxes: [first, second],
      another: () => start(0, first.url),
      store: await connectStore({ url: postgres.url, maxConnections: 2 }),
      fetch: (request) => via(turn++ % 2)(request),
      via,
    };
  });
  after(async () => {
    await started?.store.close();
    for (const sandbox of started?.sandboxes ?? []) await sandbox.close();
    await postgres.stop();
  });
  return () => {
    if (!started) throw new Error("not started yet");
    return started;
  };
}

/** How often each text occurs, e.g. `{ "200": 1, "409 last_admin": 1 }`. */
export function tally(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}

/** `201`, or `409 last_admin`. */
export function outcome({ status, body }: { status: number; body: { code?: string } | null }): string {
  return status < 300 ? String(status) : `${status} ${body?.code ?? ""}`;
}
