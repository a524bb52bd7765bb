import type { StaffMember } from "../../internal/api-types.ts";
import type { Failure } from "../../internal/failure.ts";

/** The two roles a person can choose between. */
export type Role = "admin" | "staff";

/** Staff id → the role the person wants. Kept apart from the list, so that a reload never loses it. */
export type Draft = ReadonlyMap<string, Role>;

/** What somebody else did to a row while it was being edited. */
export interface RowConflict {
  readonly changedBy: string | null;
  /** RFC 3339. */
  readonly changedAt: string | null;
}

/** One change as the API takes it. */
export interface RoleChange {
  readonly staffId: string;
  readonly role: Role;
  readonly version: number;
}

/** The draft with one row's role chosen; choosing what the row already has takes the row out of the draft. */
export function chosen(draft: Draft, member: StaffMember, role: Role): Map<string, Role> {
  const next = new Map(draft);
  if (member.role === role) next.delete(member.id);
  else next.set(member.id, role);
  return next;
}

/** The draft without rows that are gone or that now have the wanted role anyway. */
export function remaining(draft: Draft, members: readonly StaffMember[]): Map<string, Role> {
  const byId = new Map(members.map((member) => [member.id as string, member]));
  return new Map([...draft].filter(([id, role]) => byId.has(id) && byId.get(id)?.role !== role));
}

/** The changes to send, in the list's order. Rows outside the list (another person's page) are left out. */
export function changesOf(draft: Draft, members: readonly StaffMember[]): RoleChange[] {
  return members.flatMap((member) => {
    const role = draft.get(member.id);
    return role && role !== member.role ? [{ staffId: member.id, role, version: member.version }] : [];
  });
}

/** The rows that a refusal names, for those that are in the draft. */
export function conflictsOf(
  draft: Draft,
  conflicts: Failure["conflicts"] | undefined,
): Map<string, RowConflict> {
  return new Map(
    (conflicts ?? [])
      .filter(({ id }) => draft.has(id))
      .map(({ id, changedBy, changedAt }) => [id, { changedBy, changedAt }]),
  );
}

/** Why a row's role cannot be changed: an error code, or nothing when it can. */
export function lockReason(member: StaffMember, draft: Draft): string | undefined {
  const action = member.actions.find(({ action }) => action === "change_role");
  if (action?.allowed) return undefined;
  // The only administrator can still hand over: with a successor in the same draft the server decides on both.
  if (action?.disabledReason === "last_admin" && promotesSomebodyElse(draft, member.id)) return undefined;
  return action?.disabledReason ?? "forbidden";
}

function promotesSomebodyElse(draft: Draft, memberId: string): boolean {
  return [...draft].some(([id, role]) => id !== memberId && role === "admin");
}
