import assert from "node:assert/strict";
import { test } from "node:test";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import * as accounts from "../../src/database/migrations/0002-accounts.ts";
import * as sessions from "../../src/database/migrations/0004-sessions.ts";
import * as factors from "../../src/database/migrations/0011-factors.ts";
import { openPGlite } from "../../src/database/pglite.ts";
import { openDatabase } from "../../src/stores/sql/index.ts";

test("0011 keeps the authenticator apps that were set up, their last step, and what sessions wait for", async () => {
  const database = openDatabase(await openPGlite()) as unknown as Kysely<never>;
  await accounts.up(database);
  await sessions.up(database);
  for (const [id, secret, step] of [
    ["with", "'GEZDGNBVGY3TQOJQ'", "59000000"],
    ["without", "null", "null"],
  ] as const) {
    await sql
      .raw(
        `insert into accounts values ('${id}', 'staff', 'i', 'hash', false, null, 1, ${secret}, ${step}, null, null, now())`,
      )
      .execute(database);
    await sql
      .raw(
        `insert into sessions values ('${id}', '${id}', 'c', null, '', now(), '["pwd"]', now(), now(), now(), ${id === "without"}, null, null)`,
      )
      .execute(database);
  }
  await factors.up(database);
  const { rows } =
    await sql`select account_id, kind, totp_secret, totp_last_step, transports, confirmed_at is not null as confirmed from factors`.execute(
      database,
    );
  assert.deepEqual(rows, [
    {
      accountId: "with",
      kind: "totp",
      totpSecret: "GEZDGNBVGY3TQOJQ",
      totpLastStep: 59_000_000,
      transports: [],
      confirmed: true,
    },
  ]);
  const { rows: left } = await sql`select id, restriction from sessions order by id`.execute(database);
  assert.deepEqual(left, [
    { id: "with", restriction: null },
    { id: "without", restriction: "password_change" },
  ]);
  await database.destroy();
});
