import { groupId, patientId } from "../../seed/index.ts";
import { NOBODY } from "./second-table.ts";
import type { Recorder } from "./recorder.ts";

const takahashi = "takahashi@minato.example.jp";
const [yoshida, wako] = [patientId("yoshida"), patientId("sato-wako")];

export async function groups(t: Recorder): Promise<void> {
  t.section("groups");
  const device = await t.signedIn("suzuki@minato.example.jp");
  const { body: categories } = await device.call("all", "200", "listCategories");
  await device.call("the first", "200", "listCategories", { limit: 1 });
  await device.call("all", "200", "listGroups");
  const { body: first } = await device.call("the first three", "200", "listGroups", { limit: 3 });
  await device.call("the next three", "200", "listGroups", { limit: 3, cursor: first.nextCursor });

  const create = (what: string, expected: string, input: Record<string, unknown>, idempotencyKey?: string) =>
    device.call(what, expected, "createGroup", input, idempotencyKey === undefined ? {} : { idempotencyKey });
  const key = "6b6f6861-7275-4e3a-8f0b-000000000004";
  const categoryId: unknown = categories.items[0]?.id;
  await create("a group", "201", { name: "外来A", categoryId }, key);
  await create("the same once more", "201", { categoryId, name: "外来A" }, key);
  await create("another one under the same key", "422 idempotency_mismatch", { name: "外来B" }, key);
  await create("without a category", "201", { name: "<script>alert(1)</script>", categoryId: null });
  await create("a name that is there in full width", "409 duplicate_name", { name: "CKD" });
  await create("a name that differs by its spaces", "409 duplicate_name", { name: " 外来a " });
  await create("in a category of nobody", "404 not_found", { name: "外来C", categoryId: NOBODY });
  const invalid = "422 validation_failed";
  await create("an empty name", invalid, { name: "" });
  await create("a name of nothing visible", invalid, { name: "\u200b\u200b" });
  await create("a name with a line break", invalid, { name: "外来\nA" });
  await create("a name of 51 letters", invalid, { name: "あ".repeat(51) });
  await create("a name of 50 families", "201", { name: "👨‍👩‍👧".repeat(50) });
  await create("a number for a name", invalid, { name: 7 });
}

export async function members(t: Recorder): Promise<void> {
  t.section("members");
  const device = await t.signedIn("suzuki@minato.example.jp");
  const id = groupId("minato", "禁煙外来");
  const change = (what: string, expected: string, input: Record<string, unknown>, options = {}) =>
    device.call(what, expected, "changeGroupMembers", { groupId: id, ...input }, options);
  const key = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000005" };
  await change("two patients in", "200", { add: [yoshida, wako] }, key);
  await change("the same once more", "200", { add: [yoshida, wako] }, key);
  await change("another one under the same key", "422 idempotency_mismatch", { add: [yoshida] }, key);
  await change("one in again and one out", "200", { add: [yoshida], remove: [wako] });
  for (const status of ["requested", "revoked", "unlinked"]) {
    await change(`a patient whose link is ${status}`, "409 not_linked", {
      add: [yoshida, patientId(`link-${status}`)],
    });
  }
  await change("a patient of another hospital", "404 not_found", { add: [patientId("sakura-1")] });
  await change("a patient whom nobody has", "404 not_found", { remove: [NOBODY] });
  const invalid = "422 validation_failed";
  await change("nobody", invalid, {});
  await change("one in and out", invalid, { add: [yoshida], remove: [yoshida] });
  await change("more than 200", invalid, { add: Array.from({ length: 201 }, () => yoshida) });
  await change("an id that is none", invalid, { add: ["yoshida"] });
}

export async function patients(t: Recorder): Promise<void> {
  t.section("patients");
  const device = await t.signedIn("suzuki@minato.example.jp");
  const search = (what: string, expected: string, input: Record<string, unknown>) =>
    device.call(what, expected, "searchPatients", input);
  await search("all", "200", {});
  const { body } = await search("the first two", "200", { limit: 2 });
  await search("the next two", "200", { limit: 2, cursor: body.nextCursor });
  await search("by name with a cursor of all", "422 validation_failed", {
    query: "佐藤",
    cursor: body.nextCursor,
  });
  await search("by name, twice the same", "200", { query: "佐藤 和子" });
  await search("by reading in half width", "200", { query: "ｻﾄｳ ﾜｺ" });
  await search("by a variant of a letter", "200", { query: "崎山" });
  await search("by number without its zeros", "200", { query: "12345" });
  await search("by number in full width", "200", { query: "０００１２３４５" });
  await search("by the beginning of a number", "200", { query: "0007" });
  await search("for nobody", "200", { query: "該当者なし" });
  await search("for a percent sign", "200", { query: "%" });
  await search("in a group", "200", { groupId: groupId("minato", "2型糖尿病") });
  await search("in another hospital's group", "404 not_found", { groupId: groupId("sakura", "訪問診療") });
  await search("in a category of nobody", "404 not_found", { categoryId: NOBODY });
  for (const sort of ["-kana", "patientNumber", "-patientNumber", "birthDate", "-birthDate"]) {
    await search(`by ${sort}`, "200", { sort, limit: 200 });
  }
  await search("from た on", "200", { startAt: "た", limit: 3 });
  await search("from た on, by birth date", "422 validation_failed", { startAt: "た", sort: "birthDate" });
  await search("by an unknown order", "422 validation_failed", { sort: "name" });
  await search("201 at once", "422 validation_failed", { limit: 201 });
  await search("for 201 letters", "422 validation_failed", { query: "あ".repeat(201) });

  const { body: before } = await device.call("before", "200", "getPatientGroups", { patientId: wako });
  const requested = { patientId: patientId("link-requested") };
  await device.call("of a patient who is not linked", "404 not_found", "getPatientGroups", requested);
  const groupIds = [groupId("minato", "高血圧"), groupId("minato", "遠方")];
  const version: number = before.version;
  const put = (what: string, expected: string, input: Record<string, unknown>, options = {}) =>
    device.call(
      what,
      expected,
      "putPatientGroups",
      { patientId: wako, groupIds, version, ...input },
      options,
    );
  const key = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000006" };
  await put("two groups", "200", {}, key);
  await put("the same once more", "200", {}, key);
  await put("another one under the same key", "422 idempotency_mismatch", { groupIds: [] }, key);
  await put("by an old version", "412 version_conflict", {});
  await put("none", "200", { groupIds: [], version: version + 1 });
  await put("another hospital's group", "404 not_found", {
    groupIds: [groupId("sakura", "訪問診療")],
    version: version + 2,
  });
  await put("of a patient who is not linked", "409 not_linked", { ...requested, version: 1 });
  await put("ids that are none", "422 validation_failed", { groupIds: ["高血圧"] });

  const staff = await t.signedIn(takahashi);
  await staff.call("what somebody else changed", "200", "getPatientGroups", { patientId: wako });
}

/** 200 groups are the most; last, because it fills a hospital. */
export async function limits(t: Recorder): Promise<void> {
  t.section("limits");
  const device = await t.signedIn("yamasaki@sakura.example.jp", "sakura-portal");
  for (let made = 4; made <= 200; made++) await device.client.send("createGroup", { name: `外来${made}` });
  await device.call("one more than 200", "409 limit_reached", "createGroup", { name: "外来201" });
  await device.call("all 200", "200", "listGroups", { limit: 200 });
}
