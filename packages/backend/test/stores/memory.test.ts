import { after, describe, test } from "node:test";
import { createMemoryStore } from "@welby/backend/stores/memory";
import { storeConformance } from "@welby/backend/testing";

storeConformance(
  {
    name: "memory",
    open: async () => {
      const store = createMemoryStore();
      return { store, close: () => store.close() };
    },
  },
  { describe, test, after },
);
