import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { institutions } from "@welby/backend/seed";
import type { AuditRecord, Clock, Store } from "@welby/backend/ports";
import { createTestClient, type TestClient, type TestClientOptions } from "@welby/backend/testing";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";
import { startOn, type Sandbox } from "../../src/start.ts";

/** A sandbox under attack, with what an attacker has and what a judge may look at. */
export interface Target {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly store: Store;
  /** Everything that was logged so far, as one text. */
  log(): string;
  readonly now: Clock["now"];
  /** Moves the service's time. */
  forward(ms: number): void;
  /** A device behind the trusted proxy, at an address of its own unless told. */
  device(options?: Partial<TestClientOptions>): Promise<TestClient>;
  signedIn(loginId?: string, options?: Partial<TestClientOptions>): Promise<TestClient>;
  /** Any request, without a proof; its answer is held to what every answer must be. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** Ends the service and starts another over the same data, at the same address. */
  restart(): Promise<void>;
  /** The newest mail of a template to an address, as soon as it is written. */
  mailTo(recipient: string, template: string): Promise<string>;
  /** Rows of みなと's log with one action, oldest first. */
  audit(action: string): Promise<AuditRecord[]>;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

const ENGINES = {
  PGlite: async () => ({ store: await connectStore("memory"), stop: async () => undefined }),
  PostgreSQL: async () => {
    const postgres = await startPostgres();
    return { store: await connectStore({ url: postgres.url }), stop: () => postgres.stop() };
  },
};

/** Registers the same attacks against a sandbox on each engine, over real HTTP. */
export function onBothEngines(title: string, attacks: (target: () => Target) => void): void {
  for (const [engine, open] of Object.entries(ENGINES)) {
    describe(`${title}, on ${engine}`, () => {
      let target: Target | undefined;
      let stop: () => Promise<void> = async () => undefined;
      before(async () => {
        const opened = await open();
        stop = opened.stop;
        target = await startTarget(opened.store);
      });
      after(async () => {
        await target?.sandbox.close();
        await target?.store.close();
        await stop();
      });
      attacks(() => target ?? assert.fail("not started yet"));
    });
  }
}

async function startTarget(store: Store): Promise<Target> {
  const lines: unknown[] = [];
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const start = (port: number) =>
    startOn(
      // Outlives the service.
      { ...store, close: async () => undefined },
      { port, clock: { now }, trustedProxies: ["127.0.0.1", "::1"] },
      (...line) => void lines.push(line),
    );
  let sandbox = await start(0);
  const { url } = sandbox;
  let devices = 0;

  const device = ({ ip = addressOf(devices++), ...options }: Partial<TestClientOptions> = {}) =>
    createTestClient({
      baseUrl: url,
      now,
      ...options,
      fetch: async (request) => {
        if (!request.headers.has("x-forwarded-for")) request.headers.set("x-forwarded-for", ip);
        return judged(await fetch(request));
      },
    });
  return {
    get sandbox() {
      return sandbox;
    },
    url,
    store,
    now,
    log: () => lines.map((line) => JSON.stringify(line)).join("\n"),
    forward: (ms) => void (aheadMs += ms),
    device,
    async signedIn(loginId = "suzuki@minato.example.jp", options = {}) {
      const client = await device(options);
      const answer = await client.signIn(loginId);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return client;
    },
    async restart() {
      await sandbox.close();
      sandbox = await start(sandbox.port);
    },
    async mailTo(recipient, template) {
      for (let patience = 100; patience > 0; patience--) {
        const rows = await store.transaction((tx) =>
          tx.outbox.list({ recipient, template }, { orderBy: ["seq"], descending: true, limit: 1 }),
        );
        if (rows[0]) return rows[0].body;
        await sleep(50);
      }
      return assert.fail(`no ${template} to ${recipient}`);
    },
    raw: async (path, init) => judged(await fetch(url + path, { redirect: "manual", ...init })),
    audit: (action) =>
      store.transaction((tx) =>
        tx.audit.list({ action, institutionId: institutions.minato.id }, { orderBy: ["seq"] }),
      ),
  };
}

/** Of every attack: no 5xx, no word about the inside, no cookie, nothing cached. */
async function judged(response: Response): Promise<Response> {
  const text = await response.clone().text();
  assert.ok(response.status < 500, `${response.status} ${text}`);
  assert.doesNotMatch(text, /\bat \S+ \(|node_modules|\.ts:\d|SELECT |postgres|pglite|SQLSTATE/i);
  assert.equal(response.headers.get("set-cookie"), null);
  assert.equal(response.headers.get("cache-control"), "no-store");
  return response;
}

/** Of the networks for documentation: one address a device, so that nobody's failures count for another. */
function addressOf(index: number): string {
  return `2001:db8:${index.toString(16)}::1`;
}
