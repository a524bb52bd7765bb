export { storeConformance } from "./store-conformance.ts";
export type { StoreConformanceOptions } from "./store-conformance.ts";
export type { TestHarness } from "./harness.ts";
