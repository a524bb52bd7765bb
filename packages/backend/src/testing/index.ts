export { storeConformance } from "./store-conformance.ts";
export type { StoreConformanceOptions } from "./store-conformance.ts";
export type { TestHarness } from "./harness.ts";
export { createTestClient, SEED_PASSWORD, TEST_BASE_URL } from "./test-client.ts";
export type {
  Fetch,
  RequestOptions,
  SendOptions,
  TestAnswer,
  TestClient,
  TestClientOptions,
  TestSession,
} from "./test-client.ts";
export * as fixtures from "./store/fixtures.ts";
export { clinicCall } from "./clinic-call.ts";
export { createHospital } from "./hospital.ts";
export type { Hospital } from "./hospital.ts";
export { raceScenarios } from "./race-scenarios.ts";
export type { RaceScenario } from "./race-scenarios.ts";
export { accountRaceScenarios } from "./account-races.ts";
export { credentialRaceScenarios } from "./credential-races.ts";
export { groupRaceScenarios } from "./group-races.ts";
export { sessionRaceScenarios } from "./session-races.ts";
export { differences, fromPages, runApiConformance, SUITE_BEGINS, unexpected } from "./api-conformance.ts";
export type { ApiConformancePart, ApiTarget, Transcript, TranscriptEntry } from "./api-conformance.ts";
