import { ApiProblem } from "../domain/api-problem.ts";
import { STEP_UP_MS } from "../domain/session-limits.ts";
import type { Call } from "./service.ts";

/** Demands a password that was entered within five minutes. @throws {step_up_required} */
export function assertStepUp({ ports, actor }: Pick<Call, "ports" | "actor">): void {
  const ageMs = ports.clock.now().getTime() - (actor?.session.authenticatedAt.getTime() ?? 0);
  if (ageMs > STEP_UP_MS) throw new ApiProblem("step_up_required");
}
