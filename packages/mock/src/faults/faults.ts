import type { Clock, Store } from "@welby/backend/ports";
import type { OperationId } from "@welby/contract";
import { answerWithFaults } from "./answer-with-faults.ts";
import type { Fault, FaultTarget } from "./fault.ts";

/** Breaks calls on purpose. */
export interface Faults {
  /**
   * The next calls of an operation go wrong, one unless told. Returns the function that takes it back.
   * @example mock.faults.next("changeStaffRoles", { kind: "drop", when: "after" });
   */
  next(target: FaultTarget, fault: Fault, times?: number): () => void;
  /** All calls of an operation go wrong until it is taken back. */
  always(target: FaultTarget, fault: Fault): () => void;
  clear(): void;
}

interface Entry {
  readonly target: FaultTarget;
  readonly fault: Fault;
  left: number;
}

/** The switch and the one place where it acts. */
export interface FaultSwitch extends Faults {
  answer(
    request: Request,
    operation: OperationId | undefined,
    world: { readonly store: Store; readonly clock: Clock },
    answer: () => Promise<Response>,
  ): Promise<Response>;
}

export function createFaults(): FaultSwitch {
  let entries: Entry[] = [];

  function add(target: FaultTarget, fault: Fault, left: number): () => void {
    const entry: Entry = { target, fault, left };
    entries.push(entry);
    return () => {
      entries = entries.filter((one) => one !== entry);
    };
  }

  /** The faults of one call, in the order they were set; each counts once. */
  function take(operation: OperationId | undefined): Fault[] {
    const taken = entries.filter(({ target }) => aims(target, operation));
    for (const entry of taken) entry.left--;
    entries = entries.filter(({ left }) => left > 0);
    return taken.map(({ fault }) => fault);
  }

  return {
    next: (target, fault, times = 1) => add(target, fault, times),
    always: (target, fault) => add(target, fault, Infinity),
    clear() {
      entries = [];
    },
    answer: (request, operation, world, answer) => answerWithFaults(take(operation), request, world, answer),
  };
}

function aims(target: FaultTarget, operation: OperationId | undefined): boolean {
  if (target === "any") return true;
  return operation !== undefined && [target].flat().includes(operation);
}
