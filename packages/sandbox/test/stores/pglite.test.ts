import { after, describe, test } from "node:test";
import { storeConformance } from "@welby/backend/testing";
import { connectStore } from "../../src/database/connect.ts";

storeConformance(
  {
    name: "SQL on PGlite",
    open: async () => {
      const store = await connectStore("memory");
      return { store, close: () => store.close() };
    },
    // One connection: races prove nothing here, PostgreSQL runs them in earnest.
    raceRounds: 2,
  },
  { describe, test, after },
);
