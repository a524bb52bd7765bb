import type { Service } from "./service.ts";

/** Loaded when it is asked for: nothing else needs it. */
export const getPromises: Service<"getPromises"> = async () => {
  const { promises } = await import("@welby/contract/promises");
  return promises;
};
