import { after, before, describe, test } from "node:test";
import { storeConformance } from "@welby/backend/testing";
import pg from "pg";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";

describe("on a real PostgreSQL with 20 connections", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let url: string;
  before(async () => {
    postgres = await startPostgres();
    // One that orders text as Japanese is ordered: what this service says about order must not come from the server's settings.
    const operator = new pg.Client({ connectionString: postgres.url });
    await operator.connect();
    await operator.query(
      "create database japanese template template0 encoding 'UTF8' locale_provider icu icu_locale 'ja' locale 'C'",
    );
    await operator.end();
    url = postgres.url.replace(/[^/]+$/, "japanese");
  });
  after(() => postgres.stop());

  storeConformance(
    {
      name: "SQL on PostgreSQL",
      open: async () => {
        const store = await connectStore({ url, maxConnections: 20 });
        return { store, close: () => store.close() };
      },
    },
    { describe, test, after },
  );
});
