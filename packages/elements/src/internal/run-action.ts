import { WelbyBeforeEvent, WelbyErrorEvent } from "./events.ts";
import { toFailure } from "./failure.ts";
import type { Failure } from "./failure.ts";

export type ActionOutcome<Result> =
  | { readonly status: "done"; readonly result: Result }
  | { readonly status: "cancelled" }
  | { readonly status: "failed"; readonly failure: Failure };

/**
 * Does an action as hosts expect it: `welby-before-<action>` first, `welby-error` when it fails. The success event is
 * the caller's, because only it knows what to tell. Never throws.
 * @example const outcome = await runAction(this, "group-create", { name }, () => client.groups.create({ name, categoryId: null }));
 */
export async function runAction<Detail, Result>(
  host: EventTarget,
  action: string,
  detail: Detail,
  work: () => Promise<Result>,
): Promise<ActionOutcome<Result>> {
  const before = new WelbyBeforeEvent(action, detail);
  host.dispatchEvent(before);
  if (!(await before.allowed())) return { status: "cancelled" };
  try {
    return { status: "done", result: await work() };
  } catch (thrown) {
    const failure = toFailure(thrown);
    host.dispatchEvent(new WelbyErrorEvent(action, failure));
    return { status: "failed", failure };
  }
}
