import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { StaffMember } from "@welby/contract/schemas";
import {
  changesOf,
  chosen,
  conflictsOf,
  lockReason,
  remaining,
} from "../../src/elements/staff-role-editor/role-draft.ts";
import type { Role } from "../../src/elements/staff-role-editor/role-draft.ts";

const member = (id: string, role: Role, version = 1, disabledReason?: string) =>
  ({
    id,
    role,
    version,
    actions: [{ action: "change_role", allowed: !disabledReason, disabledReason }],
  }) as unknown as StaffMember;
const suzuki = member("suzuki", "admin", 3);
const takahashi = member("takahashi", "staff", 7);
const list = [suzuki, takahashi];

describe("the draft of roles", () => {
  it("holds only rows that differ from the list", () => {
    const draft = chosen(new Map(), takahashi, "admin");
    assert.deepEqual(draft, new Map([["takahashi", "admin"]]));
    assert.deepEqual(chosen(draft, takahashi, "staff"), new Map());
  });

  it("sends each change with the version it is based on, in the list's order", () => {
    const draft = new Map<string, Role>([
      ["takahashi", "admin"],
      ["suzuki", "staff"],
    ]);
    assert.deepEqual(changesOf(draft, list), [
      { staffId: "suzuki", role: "staff", version: 3 },
      { staffId: "takahashi", role: "admin", version: 7 },
    ]);
  });

  it("sends nothing for rows outside the list", () => {
    assert.deepEqual(changesOf(new Map<string, Role>([["somebody", "admin"]]), list), []);
  });

  it("survives a reload, but not for rows that are gone or already as wished", () => {
    const draft = new Map<string, Role>([
      ["takahashi", "admin"],
      ["suzuki", "staff"],
      ["gone", "admin"],
    ]);
    assert.deepEqual(
      remaining(draft, [member("takahashi", "admin", 8), member("suzuki", "admin", 4)]),
      new Map([["suzuki", "staff"]]),
    );
  });

  it("takes only its own rows out of a conflict", () => {
    const draft = new Map<string, Role>([["takahashi", "admin"]]);
    const conflicts = [
      { id: "takahashi", version: 8, changedBy: "田中 美咲", changedAt: "2026-11-23T09:05:00+09:00" },
      { id: "other", version: 2, changedBy: null, changedAt: null },
    ];
    assert.deepEqual(
      conflictsOf(draft, conflicts),
      new Map([["takahashi", { changedBy: "田中 美咲", changedAt: "2026-11-23T09:05:00+09:00" }]]),
    );
    assert.deepEqual(conflictsOf(draft, undefined), new Map());
  });
});

describe("a locked row", () => {
  it("gives the server's reason", () => {
    assert.equal(lockReason(member("a", "staff", 1, "not_found"), new Map()), "not_found");
    assert.equal(lockReason(suzuki, new Map()), undefined);
  });

  it("stays locked when the server says nothing about the role", () => {
    assert.equal(lockReason({ ...suzuki, actions: [] }, new Map()), "forbidden");
  });

  it("opens for the last administrator only while the draft names a successor", () => {
    const sole = member("yamasaki", "admin", 1, "last_admin");
    assert.equal(lockReason(sole, new Map()), "last_admin");
    assert.equal(lockReason(sole, new Map<string, Role>([["nurse", "admin"]])), undefined);
    assert.equal(lockReason(sole, new Map<string, Role>([["yamasaki", "admin"]])), "last_admin");
  });
});
