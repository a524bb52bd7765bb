import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createStoredKeys, verifyAudit } from "@welby/backend";
import { systemClock, webRandom } from "@welby/backend/ports";
import { connectStore } from "../../src/database/connect.ts";
import { signedIn } from "../support/api.ts";
import { startProcess, temporaryDirectory } from "../support/sandbox-process.ts";
import { Workload } from "./workload.ts";

const ROUNDS = 10;
const WRITES = 1_000;
const WRITERS = 6;

/** Reads the audit log of a directory that nobody uses any more. */
async function auditOf(directory: string) {
  const store = await connectStore({ directory });
  try {
    const keys = createStoredKeys(store, systemClock, webRandom);
    return await verifyAudit({ store, keys, clock: systemClock });
  } finally {
    await store.close();
  }
}

test(
  `A-107 kill -9 under load, ${ROUNDS} rounds: of at least ${WRITES} acknowledged writes none is lost, and the audit log is in order`,
  { timeout: 600_000 },
  async (t) => {
    const data = temporaryDirectory(after);
    const start = (port: string) => startProcess(["--port", port, "--data", data, "--quiet"]);
    let sandbox = await start("0");
    after(() => sandbox.child.kill("SIGKILL"));
    // The same port again, as the signed-in client knows it.
    const { port } = new URL(sandbox.url);
    const client = await signedIn(sandbox.url);
    const workload = await Workload.prepare(client);
    let replayed = 0;
    let repeated = 0;

    for (let round = 1; round <= ROUNDS; round++) {
      const target = Math.ceil((WRITES * round) / ROUNDS) + Math.floor(Math.random() * 20);
      const writing = workload.run(WRITERS);
      while (workload.acknowledged.writes < target) await Promise.race([sleep(5), writing]);
      await sleep(Math.random() * 50);
      sandbox.child.kill("SIGKILL");
      await Promise.all([writing, sandbox.exited]);

      sandbox = await start(port);
      assert.equal(new URL(sandbox.url).port, port);
      assert.deepEqual(await workload.missing(), [], `lost in round ${round}`);
      // the answer was lost, so the same key is sent again and the write comes true once.
      const again = await workload.repeatUnanswered();
      repeated += again.repeated;
      replayed += again.replayed;
    }
    assert.deepEqual(await workload.missing(), [], "lost at the end");

    const { writes, pairs, groupNames } = workload.acknowledged;
    t.diagnostic(
      `${ROUNDS} rounds, ${writes} writes acknowledged, ${pairs.size} memberships and ${groupNames.size} groups re-read, 0 lost; ` +
        `${repeated} unanswered writes repeated, ${replayed} of them had happened`,
    );
    assert.ok(writes >= WRITES);
    assert.ok(repeated > 0, "no kill met a write in flight: the test proved little");
    sandbox.child.kill("SIGTERM");
    assert.equal((await sandbox.exited).code, 0);

    const { intact, sealed, unsealed, problems } = await auditOf(data);
    t.diagnostic(`${sealed} events of the audit log under seal, ${problems.length} problems`);
    assert.ok(sealed >= writes);
    // What was written between the last seal and a kill was sealed after it; on a stop nothing is left over.
    assert.deepEqual({ intact, unsealed, problems }, { intact: true, unsealed: 0, problems: [] });
  },
);
