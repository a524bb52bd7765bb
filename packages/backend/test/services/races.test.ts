import { describe, test } from "node:test";
import { groupRaceScenarios } from "../../src/testing/group-races.ts";
import { raceScenarios } from "../../src/testing/race-scenarios.ts";
import { servicePorts } from "../support/service-ports.ts";

// Transactions of the memory store run one after another; the SQL store's tests run the same rounds side by side.
describe("races between callers, in memory", () => {
  for (const { name, round } of [...raceScenarios, ...groupRaceScenarios]) {
    test(name, async () => {
      const ports = await servicePorts();
      for (let time = 0; time < 5; time++) await round(ports);
    });
  }
});
