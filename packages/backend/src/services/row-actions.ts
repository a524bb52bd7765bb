import { mayCall, type OperationId, type Role } from "@welby/contract";

export interface RightToAct<A extends string> {
  readonly action: A;
  readonly allowed: boolean;
  readonly disabledReason?: "forbidden";
}

/** An action on a row as far as the right goes: read from the permission table, so that a row never offers what the call refuses. */
export function actionFor<A extends string>(role: Role, action: A, operationId: OperationId): RightToAct<A> {
  return mayCall(operationId, role)
    ? { action, allowed: true }
    : { action, allowed: false, disabledReason: "forbidden" };
}
