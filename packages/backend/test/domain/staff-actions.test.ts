import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { refusalOf, STAFF_ACTIONS, type StaffAction } from "../../src/domain/staff-actions.ts";

type Refusals = Partial<Record<StaffAction, string>>;
const ME = "me";

/** Written by hand: every row that a list can show, and what stands in the way of each action on it. */
const rows: [
  title: string,
  member: Parameters<typeof refusalOf>[1],
  activeAdmins: number,
  refusals: Refusals,
][] = [
  [
    "an active member",
    { id: "x", role: "staff", status: "active" },
    1,
    { resume: "wrong_status", resend_invitation: "wrong_status" },
  ],
  [
    "one of two active administrators",
    { id: "x", role: "admin", status: "active" },
    2,
    { resume: "wrong_status", resend_invitation: "wrong_status" },
  ],
  [
    "oneself, while there is another administrator",
    { id: ME, role: "admin", status: "active" },
    2,
    {
      suspend: "self_change_refused",
      resume: "wrong_status",
      remove: "self_change_refused",
      resend_invitation: "wrong_status",
      reset_factors: "self_change_refused",
    },
  ],
  [
    "oneself, the only active administrator",
    { id: ME, role: "admin", status: "active" },
    1,
    {
      change_role: "last_admin",
      suspend: "last_admin",
      resume: "wrong_status",
      remove: "last_admin",
      resend_invitation: "wrong_status",
      reset_factors: "self_change_refused",
    },
  ],
  [
    "a suspended administrator, who does not count",
    { id: "x", role: "admin", status: "suspended" },
    1,
    { suspend: "wrong_status", resend_invitation: "wrong_status", start_password_reset: "wrong_status" },
  ],
  [
    "an invited administrator, who does not count either",
    { id: "x", role: "admin", status: "invited" },
    1,
    { suspend: "wrong_status", resume: "wrong_status", start_password_reset: "wrong_status" },
  ],
];

describe("A-048 what can be done with a member", () => {
  for (const [title, member, activeAdmins, refusals] of rows) {
    for (const action of STAFF_ACTIONS) {
      test(`${action} on ${title}: ${refusals[action] ?? "allowed"}`, () =>
        assert.equal(
          refusalOf(action, member, { actorStaffId: ME, activeAdmins }),
          refusals[action] ?? null,
        ));
    }
  }
});
