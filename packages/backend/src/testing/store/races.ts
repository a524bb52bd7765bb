import type { Clock } from "../../ports/clock.ts";
import { UniqueViolation, type Store } from "../../ports/store.ts";
import { takeLease } from "../../services/leases.ts";
import { assert, assertEqual } from "../assert.ts";
import type { TestHarness } from "../harness.ts";
import { at, audit, group, secret, throttle, uuid } from "./fixtures.ts";

const PARALLEL = 16;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const together = <T>(run: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: PARALLEL }, (_, index) => run(index)));

/** Only a store with several connections proves these; one that runs transactions in turn passes them by its nature. */
export function raceTests(open: () => Promise<Store>, { test }: TestHarness, rounds: number): void {
  test(`A-056 of ${PARALLEL} guarded updates at once exactly one counts, ${rounds} rounds`, async () => {
    const store = await open();
    for (let round = 0; round < rounds; round++) {
      const row = secret();
      await store.transaction((tx) => tx.oneTimeSecrets.insert(row));
      const counts = await together(() =>
        store.transaction(async (tx) => {
          // Everybody sees it unused first, as a careless check would.
          await tx.oneTimeSecrets.get({ hash: row.hash, usedAt: null });
          return tx.oneTimeSecrets.update(
            { id: row.id, usedAt: null },
            { usedAt: at("2026-11-23T00:00:00Z") },
          );
        }),
      );
      assertEqual(
        counts.reduce((sum, count) => sum + count, 0),
        1,
        `round ${round}`,
      );
    }
  });

  test(`a lock serialises read and write of ${PARALLEL} transactions, ${rounds} rounds`, async () => {
    const store = await open();
    for (let round = 0; round < rounds; round++) {
      const row = throttle();
      await store.transaction((tx) => tx.throttles.insert(row));
      await together(() =>
        store.transaction(async (tx) => {
          await tx.lock(row.key);
          const failures = (await tx.throttles.get({ key: row.key }))?.failures ?? -1;
          await pause(Math.random());
          await tx.throttles.update({ key: row.key }, { failures: failures + 1 });
        }),
      );
      assertEqual(
        (await store.transaction((tx) => tx.throttles.get({ key: row.key })))?.failures,
        PARALLEL,
        `round ${round}`,
      );
    }
  });

  test(`of ${PARALLEL} instances one takes a lease, new or run out, ${rounds} rounds`, async () => {
    const store = await open();
    const ask = (name: string, clock: Clock) =>
      together((index) =>
        store.transaction((tx) => takeLease({ clock }, tx, { name, holder: `${index}`, forMs: 60_000 })),
      );
    const winners = (answers: readonly boolean[]) => answers.filter(Boolean).length;
    for (let round = 0; round < rounds; round++) {
      const name = `test:${uuid()}`;
      const now = at("2026-11-23T00:00:00Z").getTime();
      assertEqual(winners(await ask(name, { now: () => new Date(now) })), 1, `round ${round}, new`);
      assertEqual(winners(await ask(name, { now: () => new Date(now + 59_999) })), 0, `round ${round}, held`);
      assertEqual(
        winners(await ask(name, { now: () => new Date(now + 60_000) })),
        1,
        `round ${round}, run out`,
      );
    }
  });

  test("tryLock never waits and never lets two in", async () => {
    const store = await open();
    const name = `try:${uuid()}`;
    let inside = 0;
    let most = 0;
    const got = await together(() =>
      store.transaction(async (tx) => {
        if (!(await tx.tryLock(name))) return false;
        most = Math.max(most, ++inside);
        await pause(5);
        inside--;
        return true;
      }),
    );
    assert(got.includes(true), "nobody got the lock");
    assertEqual(most, 1);
  });

  test(`of ${PARALLEL} inserts of one unique name exactly one happens, ${rounds} rounds`, async () => {
    const store = await open();
    for (let round = 0; round < rounds; round++) {
      const institutionId = uuid();
      const outcomes = await together(() =>
        store
          .transaction((tx) => tx.groups.insert(group(institutionId, "CKD")))
          .then(
            () => "inserted",
            (error: unknown) => (error instanceof UniqueViolation ? error.rule : String(error)),
          ),
      );
      assertEqual(outcomes.filter((outcome) => outcome === "inserted").length, 1, `round ${round}`);
      assertEqual(
        outcomes.filter((outcome) => outcome === "groups_name").length,
        PARALLEL - 1,
        `round ${round}`,
      );
    }
  });

  test(`of ${PARALLEL} insertIfAbsent exactly one says yes and all commit, ${rounds} rounds`, async () => {
    const store = await open();
    for (let round = 0; round < rounds; round++) {
      const institutionId = uuid();
      const inserted = await together((index) =>
        store.transaction(async (tx) => {
          const first = await tx.groups.insertIfAbsent(group(institutionId, "CKD"));
          await tx.groups.insert(group(institutionId, `own ${index}`));
          return first;
        }),
      );
      assertEqual(inserted.filter(Boolean).length, 1, `round ${round}`);
      assertEqual(await store.transaction((tx) => tx.groups.count({ institutionId })), PARALLEL + 1);
    }
  });

  test("A-113 two transactions that take two locks crosswise both end and both happen", async () => {
    const store = await open();
    const [a, b, institutionId] = [uuid(), uuid(), uuid()];
    const take = (first: string, second: string) =>
      store.transaction(async (tx) => {
        await tx.lock(first);
        await pause(20);
        await tx.lock(second);
        await tx.groups.insert(group(institutionId, first));
      });
    await Promise.all([take(a, b), take(b, a)]);
    assertEqual(await store.transaction((tx) => tx.groups.count({ institutionId })), 2);
  });

  test("nobody sees what is not committed", async () => {
    const store = await open();
    const institutionId = uuid();
    let other: Promise<number> | undefined;
    await store
      .transaction(async (tx) => {
        await tx.groups.insert(group(institutionId, "never"));
        // Not awaited in here: a store that runs transactions in turn would wait for ever.
        other = store.transaction((second) => second.groups.count({ institutionId }));
        await pause(30);
        throw new Error("rolled back");
      })
      .catch((error: unknown) => assertEqual(String(error), "Error: rolled back"));
    assertEqual(await other, 0);
  });

  test("sequence numbers of parallel inserts are all different", async () => {
    const store = await open();
    const institutionId = uuid();
    await together(() => store.transaction((tx) => tx.audit.insert(audit(institutionId))));
    const rows = await store.transaction((tx) => tx.audit.list({ institutionId }));
    assertEqual(new Set(rows.map((row) => row.seq)).size, PARALLEL);
  });
}
