import { describe, test } from "node:test";
import { sessionRaceScenarios } from "../../src/testing/session-races.ts";
import { servicePorts } from "../support/service-ports.ts";

// Transactions of the memory store run one after another; the SQL store's tests run the same rounds side by side.
describe("races between requests, in memory", () => {
  for (const { name, round } of sessionRaceScenarios) {
    test(name, async () => round(await servicePorts()));
  }
});
