import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";

const ROLES = ["welby_service", "welby_tenant"];

/** Database logins as operators have them: seldom one that may do everything. */
describe("a database login without the rights of an administrator", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let operator: pg.Client;
  before(async () => {
    postgres = await startPostgres();
    operator = new pg.Client({ connectionString: postgres.url });
    await operator.connect();
  });
  after(async () => {
    await operator.end();
    await postgres.stop();
  });

  /** A login that owns a database of its own. */
  async function loginWith(name: string, rights: string): Promise<string> {
    await operator.query(`create role ${name} login password 'yoru-no-kawa' ${rights}`);
    await operator.query(`create database ${name} owner ${name}`);
    return `postgres://${name}:yoru-no-kawa@127.0.0.1:${postgres.port}/${name}`;
  }

  test("is told what has to be run once, and works after that", async () => {
    const url = await loginWith("plain", "");
    for (const role of ROLES) {
      const command = `create role ${role} nologin; grant ${role} to plain`;
      await assert.rejects(connectStore({ url }), new RegExp(`has to run this once: ${command}`));
      for (const statement of command.split("; ")) await operator.query(statement);
    }
    await use(url);
  });

  test("is told so as well where the roles are there already, for another database", async () => {
    const url = await loginWith("second", "createrole");
    for (const role of ROLES) {
      const command = `grant ${role} to second`;
      await assert.rejects(connectStore({ url }), new RegExp(`has to run this once: ${command}`));
      await operator.query(command);
    }
    await use(url);
  });

  test("makes the roles itself where it may", async () => {
    for (const database of ["plain", "second"]) await operator.query(`drop database ${database}`);
    for (const role of ROLES) await operator.query(`drop role ${role}`);
    await use(await loginWith("creator", "createrole"));
  });

  async function use(url: string): Promise<void> {
    const store = await connectStore({ url });
    try {
      assert.equal(await store.transaction((tx) => tx.institutions.count({})), 0);
      assert.equal(await store.transaction((tx) => tx.groups.count({}), { institutionId: "a" }), 0);
    } finally {
      await store.close();
    }
  }
});
