import { after, before, describe, test } from "node:test";
import { storeConformance } from "@welby/backend/testing";
import { startPostgres } from "../../../../scripts/postgres.mjs";
import { connectStore } from "../../src/database/connect.ts";

describe("on a real PostgreSQL with 20 connections", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  before(async () => {
    postgres = await startPostgres();
  });
  after(() => postgres.stop());

  storeConformance(
    {
      name: "SQL on PostgreSQL",
      open: async () => {
        const store = await connectStore({ url: postgres.url, maxConnections: 20 });
        return { store, close: () => store.close() };
      },
    },
    { describe, test, after },
  );
});
