import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { StoreUnavailable, type Store, type ThrottleRecord } from "@welby/backend/ports";
import pg from "pg";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";
import { isRepeatable, isUnavailable } from "../../src/stores/sql/failures.ts";

const row = (key: string = crypto.randomUUID()): ThrottleRecord => ({
  key,
  failures: 1,
  windowStartedAt: new Date("2026-11-23T00:00:00Z"),
  blockedUntil: null,
});

describe("A-113 a database that fails", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let operator: pg.Client;
  let store: Store;
  before(async () => {
    postgres = await startPostgres();
    store = await connectStore({ url: postgres.url, maxConnections: 4 });
    operator = new pg.Client({ connectionString: postgres.url });
    operator.on("error", () => undefined);
    await operator.connect();
  });
  after(async () => {
    await store.close();
    await operator.end().catch(() => undefined);
    await postgres.stop();
  });
  const cutAllConnections = () =>
    operator.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'welby-sandbox' and pid <> pg_backend_pid()",
    );

  test("work whose connection is cut before the commit is done again, once", async () => {
    const key = crypto.randomUUID();
    let runs = 0;
    await store.transaction(async (tx) => {
      runs++;
      await tx.throttles.insert(row(key));
      if (runs === 1) await cutAllConnections();
      await tx.throttles.update({ key }, { failures: runs });
    });
    assert.equal(runs, 2);
    assert.equal((await store.transaction((tx) => tx.throttles.get({ key })))?.failures, 2);
  });

  test("idle connections that the server closed are replaced without anybody noticing", async () => {
    await Promise.all(Array.from({ length: 4 }, () => store.ping()));
    await cutAllConnections();
    const counts = await Promise.all(
      Array.from({ length: 8 }, () => store.transaction((tx) => tx.throttles.count({}))),
    );
    assert.ok(counts.every((count) => count >= 0));
  });

  test("A-113 connections that are cut while they are being opened take no place in the pool with them", async () => {
    let over = false;
    const cutting = (async () => {
      while (!over) await cutAllConnections();
    })();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, async (_, index) => {
        await sleep(index * 5);
        await store.transaction((tx) => tx.throttles.count({}));
      }),
    );
    over = true;
    await cutting;
    for (const outcome of outcomes)
      assert.ok(outcome.status === "fulfilled" || outcome.reason instanceof StoreUnavailable);
    const started = performance.now();
    await Promise.all(Array.from({ length: 8 }, () => store.transaction((tx) => tx.throttles.count({}))));
    assert.ok(performance.now() - started < 2_000, "the pool is as good as new");
  });

  test("an error of the work itself is thrown as it is, once, and nothing is kept", async () => {
    const key = crypto.randomUUID();
    let runs = 0;
    const failing = store.transaction(async (tx) => {
      runs++;
      await tx.throttles.insert(row(key));
      await cutAllConnections();
      throw new RangeError("from the work");
    });
    await assert.rejects(failing, new RangeError("from the work"));
    assert.equal(runs, 1);
    assert.equal(await store.transaction((tx) => tx.throttles.count({ key })), 0);
  });

  test("a database whose connections are all taken is refused within seconds, and works again afterwards", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const holders = Array.from({ length: 4 }, () => store.transaction(() => held));
    const started = performance.now();
    await assert.rejects(
      store.transaction((tx) => tx.throttles.count({})),
      StoreUnavailable,
    );
    assert.ok(performance.now() - started < 12_000, "took too long to refuse");
    release();
    await Promise.all(holders);
    await store.ping();
  });

  test("the audit table refuses changes even from outside the store", async () => {
    for (const statement of ["update audit set action = 'x'", "delete from audit", "truncate audit"]) {
      await assert.rejects(operator.query(statement), /audit rows can be added but never changed or deleted/);
    }
  });

  test("a stopped server is a StoreUnavailable within seconds, for work and for ping", async () => {
    await postgres.stop();
    const started = performance.now();
    await assert.rejects(
      store.transaction((tx) => tx.throttles.count({})),
      StoreUnavailable,
    );
    await assert.rejects(store.ping(), StoreUnavailable);
    assert.ok(performance.now() - started < 12_000, "took too long to refuse");
  });
});

describe("what a failure means", () => {
  const withCode = (code: string) => Object.assign(new Error("x"), { code });

  for (const code of ["40001", "40P01"]) {
    test(`${code} is worth another try`, () => assert.equal(isRepeatable(withCode(code)), true));
  }
  for (const code of [
    "08006",
    "57P01",
    "57P03",
    "53300",
    "55P03",
    "57014",
    "25006",
    "ECONNREFUSED",
    "ECONNRESET",
  ]) {
    test(`${code} is an unavailable database`, () => assert.equal(isUnavailable(withCode(code)), true));
  }
  for (const code of ["23505", "42601", "22021", "25P02"]) {
    test(`${code} is an error of ours`, () =>
      assert.deepEqual([isRepeatable(withCode(code)), isUnavailable(withCode(code))], [false, false]));
  }
});
