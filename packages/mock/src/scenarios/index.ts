import * as data from "./data.ts";
import * as failures from "./failures.ts";
import type { Scenario } from "./scenario.ts";

export type { Scenario, ScenarioParts } from "./scenario.ts";

/** Every scenario by name. @example createMock({ scenario: "manyGroups" }) */
export const scenarios = { ...data, ...failures } as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
