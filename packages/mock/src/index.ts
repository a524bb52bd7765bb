// The mock
export { createMock } from "./mock.ts";
export type { Mock, MockOptions } from "./mock.ts";
export { handlers } from "./handlers.ts";

// Who can sign in
export { people } from "./people.ts";
export type { DemoPerson, PersonName } from "./people.ts";
export { signInAs } from "./sign-in.ts";
export type { SignsIn } from "./sign-in.ts";

// What can go wrong
export { scenarios } from "./scenarios/index.ts";
export type { Scenario, ScenarioName, ScenarioParts } from "./scenarios/index.ts";
export type { Fault, FaultTarget } from "./faults/fault.ts";
export type { Faults } from "./faults/faults.ts";

// Its parts
export { fastHasher } from "./fast-hasher.ts";
export type { MockClock } from "./clock.ts";
export type { Outbox, SentMail } from "./outbox.ts";
