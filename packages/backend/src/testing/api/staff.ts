import { staffId } from "../../seed/index.ts";
import type { Recorder } from "./recorder.ts";

const suzuki = "suzuki@minato.example.jp";
const takahashi = staffId("takahashi@minato.example.jp");

/** アカウント一覧. */
export async function staff(t: Recorder): Promise<void> {
  t.section("staff");
  const device = await t.signedIn(suzuki);
  await device.call("all", "200", "listStaff");
  const { body } = await device.call("the first two", "200", "listStaff", { limit: 2 });
  const cursor: unknown = body.nextCursor;
  await device.call("the next two", "200", "listStaff", { limit: 2, cursor });
  await device.call("a staff cursor for groups", "422 validation_failed", "listGroups", { cursor });
  await device.call("a member", "200", "getStaff", { staffId: takahashi });
  const removed = { staffId: staffId("sasaki@minato.example.jp") };
  await device.call("a removed member", "404 not_found", "getStaff", removed);

  const email = "shinjin@minato.example.jp";
  const member = { name: { family: "新人", given: "一" }, email };
  const idempotencyKey = "6b6f6861-7275-4e3a-8f0b-000000000001";
  const add = (what: string, expected: string, input: Record<string, unknown>, key?: string) =>
    device.call(
      what,
      expected,
      "addStaff",
      { ...member, ...input },
      key === undefined ? {} : { idempotencyKey: key },
    );
  await add("a member", "201", {}, idempotencyKey);
  await add("the same once more", "201", {}, idempotencyKey);
  await add("another one under the same key", "422 idempotency_mismatch", { role: "admin" }, idempotencyKey);
  await add("an address that is taken", "409 email_in_use", { email: "ＳＨＩＮＪＩＮ@minato.example.jp" });
  await add("an administrator", "201", {
    email: "kanri@minato.example.jp",
    role: "admin",
    occupation: "事務",
  });
  const invalid = "422 validation_failed";
  await add("an unknown role", invalid, { email: "x@minato.example.jp", role: "owner" });
  await add("an address that is none", invalid, { email: "x@" });
  await add("an empty name", invalid, { email: "x@minato.example.jp", name: { family: "", given: "一" } });
  await add("a name of 51 letters", invalid, {
    email: "x@minato.example.jp",
    name: { family: "あ".repeat(51), given: "一" },
  });
  await add("a name that turns the text around", invalid, {
    email: "x@minato.example.jp",
    name: { family: "\u202eあ", given: "一" },
  });
  await add("a name without a given part", invalid, { email: "x@minato.example.jp", name: { family: "あ" } });

  await t.advance(301_000);
  await device.client.refresh();
  await add("an administrator, five minutes after the password", "403 step_up_required", {
    email: "kanri2@minato.example.jp",
    role: "admin",
  });

  const clinic = await t.signedIn("yamasaki@sakura.example.jp", "sakura-portal");
  const seat = (what: string, expected: string, address: string) =>
    clinic.call(what, expected, "addStaff", { ...member, email: address });
  await seat("the last seat", "201", "third@sakura.example.jp");
  await seat("one more than the contract allows", "409 seat_limit", "fourth@sakura.example.jp");
}

/** 権限を変更する. */
export async function roles(t: Recorder): Promise<void> {
  t.section("roles");
  const device = await t.signedIn(suzuki);
  const clinic = await t.signedIn("yamasaki@sakura.example.jp", "sakura-portal");
  const [me, ri] = [staffId(suzuki), staffId("ri@minato.example.jp")];
  const yamasaki = staffId("yamasaki@sakura.example.jp");
  const { body } = await device.call("before", "200", "getStaff", { staffId: takahashi });
  const version: number = body.version;

  const preview = (what: string, expected: string, changes: unknown[], from = device, more = {}) =>
    from.call(what, expected, "previewStaffRoles", { changes, ...more });
  await preview("a promotion", "200", [{ staffId: takahashi, role: "admin", version }]);
  await preview("an own demotion", "200", [{ staffId: me, role: "staff", version: 1 }]);
  await preview("an old version", "200", [{ staffId: ri, role: "admin", version: 9 }]);
  await preview("the only administrator", "200", [{ staffId: yamasaki, role: "staff", version: 1 }], clinic);
  await preview("another hospital's member", "200", [{ staffId: yamasaki, role: "staff", version: 1 }]);
  const invalid = "422 validation_failed";
  await preview("nothing", invalid, []);
  await preview("one member twice", invalid, [
    { staffId: ri, role: "admin", version: 1 },
    { staffId: ri, role: "staff", version: 1 },
  ]);

  const change = (what: string, expected: string, input: Record<string, unknown>, from = device) =>
    from.call(what, expected, "changeStaffRole", input);
  await change("a promotion", "200", {
    staffId: takahashi,
    role: "admin",
    version,
    reason: "主任になるため",
  });
  await change("by an old version", "412 version_conflict", { staffId: takahashi, role: "staff", version });
  await change("an own demotion without confirming it", "409 self_change_refused", {
    staffId: me,
    role: "staff",
    version: 1,
  });
  const last = { staffId: yamasaki, role: "staff", version: 1, confirmSelf: true };
  await change("the only administrator", "409 last_admin", last, clinic);
  await change("a reason of 201 letters", invalid, {
    staffId: ri,
    role: "admin",
    version: 1,
    reason: "あ".repeat(201),
  });
  const key = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000002" };
  const back = { staffId: takahashi, role: "staff", version: version + 1 };
  await device.call("back under a key", "200", "changeStaffRole", back, key);
  await device.call("the same once more", "200", "changeStaffRole", back, key);
  await device.call(
    "another one under the same key",
    "422 idempotency_mismatch",
    "changeStaffRole",
    { ...back, role: "admin" },
    key,
  );

  const many = (what: string, expected: string, changes: unknown[], more = {}, from = device, options = {}) =>
    from.call(what, expected, "changeStaffRoles", { changes, ...more }, options);
  const up = [
    { staffId: takahashi, role: "admin", version: version + 2 },
    { staffId: ri, role: "admin", version: 1 },
  ];
  const stale = [
    { staffId: takahashi, role: "admin", version: version + 2 },
    { staffId: ri, role: "admin", version: 7 },
  ];
  await many("one of two by an old version", "412 version_conflict", stale);
  await many("another hospital's member", "404 not_found", [
    { staffId: yamasaki, role: "staff", version: 1 },
  ]);
  const bulkKey = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000003" };
  await many("two promotions", "200", up, {}, device, bulkKey);
  await many("the same once more", "200", up, {}, device, bulkKey);
  await many("another one under the same key", "422 idempotency_mismatch", up.slice(1), {}, device, bulkKey);
  await many(
    "the only administrator",
    "409 last_admin",
    [{ staffId: yamasaki, role: "staff", version: 1 }],
    { confirmSelf: true },
    clinic,
  );
  await many("an own demotion without confirming it", "409 self_change_refused", [
    { staffId: me, role: "staff", version: 1 },
  ]);
  await many("an own demotion", "200", [{ staffId: me, role: "staff", version: 1 }], { confirmSelf: true });
  await device.call("a right that was just given up", "403 forbidden", "listStaff");
}
