import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { OperationId } from "@welby/contract";
import type { Store } from "@welby/backend/ports";
import { demoPassword, institutions } from "@welby/backend/seed";
import { createTestClient, fixtures, type TestClient } from "@welby/backend/testing";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";
import { createArgon2Hasher } from "../../src/hasher-argon2.ts";
import { startProcess, type SandboxProcess } from "../support/sandbox-process.ts";
import { auc, median } from "./samples.ts";

/** Of each kind. With so many, chance alone leaves the bounds below in one run of a hundred. */
const SAMPLES = 500;
/** Wrong passwords that an account takes before it slows down, whether it exists or not. */
const FREE_TRIES = 4;
const ACCOUNTS = SAMPLES / FREE_TRIES;

/**
 * Whether an account exists cannot be told by how long an answer takes: a real PostgreSQL, real hashes, a server process of its own,
 * every limit on. Each call comes from another address, named by a proxy that the server trusts, as from many people.
 */
describe("A-051 SI-2 enumeration by time", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let sandbox: SandboxProcess;
  let store: Store;
  let client: TestClient;
  before(async () => {
    postgres = await startPostgres();
    const proxies = ["--trusted-proxy", "127.0.0.1", "--trusted-proxy", "::1"];
    sandbox = await startProcess(["--port", "0", "--quiet", ...proxies], { DATABASE_URL: postgres.url });
    store = await connectStore({ url: postgres.url, maxConnections: 2 });
    await addAccounts(store);
    // A server as client: signing proofs would only add to the times.
    client = await createTestClient({
      fetch: (request) => fetch(request),
      baseUrl: sandbox.url,
      clientId: "demo-server",
      binding: "bearer",
    });
    // The hash for those who do not exist is made, and the code compiled, before anything is measured.
    for (let index = 0; index < 60; index++) await client.request("GET", "/v1/meta");
    for (let index = 0; index < 20; index++) {
      await send("signIn", { ...signIn, loginId: `warm-up${index}@example.jp` });
      await send("requestPasswordReset", { audience: "staff", email: `warm-up${index}@example.jp` });
      await send("requestRegistration", { email: `warm-up${index}@example.jp` });
    }
  });
  after(async () => {
    await store.close();
    sandbox.child.kill("SIGTERM");
    await sandbox.exited;
    await postgres.stop();
  });

  const signIn = { audience: "staff", password: "not-the-password-of-anybody" };
  let calls = 0;
  const send = (id: OperationId, input: Record<string, unknown>) => {
    const number = calls++;
    const address = `198.18.${number >> 8}.${number & 255}`;
    return client.send(id, input, { headers: { "x-forwarded-for": address } });
  };

  const cases: readonly [
    name: string,
    id: OperationId,
    status: number,
    input: (email: string) => Record<string, unknown>,
  ][] = [
    ["sign-in", "signIn", 401, (loginId) => ({ ...signIn, loginId })],
    ["reset", "requestPasswordReset", 202, (email) => ({ audience: "staff", email })],
    ["register", "requestRegistration", 202, (email) => ({ email })],
  ];
  for (const [name, id, status, input] of cases) {
    test(`${name}: ${SAMPLES} calls for known and ${SAMPLES} for unknown addresses`, async (t) => {
      const kind = id === "requestRegistration" ? "patient" : "staff";
      const times = { known: [] as number[], unknown: [] as number[] };
      for (let index = 0; index < SAMPLES; index++) {
        const pair = [
          ["known", address(kind, index % ACCOUNTS)],
          ["unknown", address("nobody", index % ACCOUNTS)],
        ] as const;
        // In a random order, so that what one call leaves behind for the next says nothing.
        for (const [who, email] of Math.random() < 0.5 ? pair : pair.toReversed()) {
          const started = performance.now();
          const answer = await send(id, input(email));
          times[who].push(performance.now() - started);
          assert.equal(answer.status, status, `call ${index} for ${who}: ${JSON.stringify(answer.body)}`);
        }
      }
      const difference = median(times.known) - median(times.unknown);
      const area = auc(times.known, times.unknown);
      t.diagnostic(
        `${name}: AUC ${area.toFixed(3)}; medians ${median(times.known).toFixed(2)} ms known, ` +
          `${median(times.unknown).toFixed(2)} ms unknown, ${difference.toFixed(2)} ms apart`,
      );
      assert.equal(await overLimit(store), 0, "an answer past a limit is no sample");
      assert.ok(area >= 0.45 && area <= 0.55, `AUC ${area}`);
      assert.ok(Math.abs(difference) < 5, `medians ${difference} ms apart`);
    });
  }
});

/** What was refused without saying so. */
function overLimit(store: Store): Promise<number> {
  return store.transaction((tx) => tx.audit.count({ reason: "rate_limited" }));
}

/** Of one length, known or not. */
const address = (kind: "staff" | "patient" | "nobody", index: number) =>
  `${kind.padEnd(7, "x")}${String(index).padStart(3, "0")}@example.jp`;

async function addAccounts(store: Store): Promise<void> {
  const institutionId = institutions.minato.id;
  const passwordHash = await createArgon2Hasher().hash(demoPassword);
  await store.transaction(async (tx) => {
    for (let index = 0; index < ACCOUNTS; index++) {
      for (const kind of ["staff", "patient"] as const) {
        const account = fixtures.account({
          kind,
          institutionId: kind === "staff" ? institutionId : null,
          passwordHash,
        });
        const email = address(kind, index);
        const realm = kind === "staff" ? `staff:${institutionId}` : "patient";
        await tx.accounts.insert(account);
        await tx.loginIds.insert(
          fixtures.loginId({
            accountId: account.id,
            realm,
            value: email,
            key: email,
            verifiedAt: account.createdAt,
          }),
        );
        if (kind === "staff")
          await tx.staff.insert(fixtures.staff({ accountId: account.id, institutionId, email }));
        else {
          const { patient } = fixtures.person(institutionId, { name: `試験 ${index}` });
          await tx.patients.insert({ ...patient, accountId: account.id });
        }
      }
    }
  });
}
