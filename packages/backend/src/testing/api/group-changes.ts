import { groupId, patientId, seedId } from "../../seed/index.ts";
import { NOBODY } from "./second-table.ts";
import type { Device, Recorder } from "./recorder.ts";

const suzuki = "suzuki@minato.example.jp";
const yoshida = patientId("yoshida");
const invalid = "422 validation_failed";

/** A group from its first day to its last. */
export async function groupChanges(t: Recorder): Promise<void> {
  t.section("group changes");
  const [device, staff] = [await t.signedIn(suzuki), await t.signedIn("takahashi@minato.example.jp")];
  const { body: made } = await device.call("to begin with", "201", "createGroup", { name: "教室A" });
  const id = made.id;
  await device.call("the new one", "200", "getGroup", { groupId: id });
  await staff.call("what staff may do with it", "200", "getGroup", { groupId: id });

  const update = (what: string, expected: string, input: Record<string, unknown>, options = {}) =>
    staff.call(what, expected, "updateGroup", { groupId: id, version: 1, ...input }, options);
  const key = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000021" };
  await update("a new name", "200", { name: "教室B" }, key);
  await update("the same once more", "200", { name: "教室B" }, key);
  await update("another one under the same key", "422 idempotency_mismatch", { name: "教室C" }, key);
  await update("by an old version", "412 version_conflict", { name: "教室C" });
  const categoryId = seedId("category:minato:プログラム");
  await update("another category and place", "200", { categoryId, sortOrder: 7, version: 2 });
  await update("no category", "200", { categoryId: null, version: 3 });
  await update("what it already is", "200", { name: "教室B", version: 4 });
  await update("nothing", "200", { version: 4 });
  await update("the name of another one", "409 duplicate_name", { name: "ckd", version: 4 });
  await update("markup for a name", "200", { name: "<img src=x onerror=alert(1)>", version: 4 });
  await update("a category of nobody", "404 not_found", { categoryId: NOBODY, version: 5 });
  await update("an empty name", invalid, { name: "", version: 5 });
  await update("a name that turns the text around", invalid, { name: "教室\u202eA", version: 5 });
  await update("a place of zero", invalid, { sortOrder: 0, version: 5 });
  await update("the id of another group in the body", invalid, { id: groupId("minato", "遠方"), version: 5 });

  const members = { groupId: id, add: [yoshida] };
  await staff.call("somebody in it", "200", "changeGroupMembers", members);
  const remove = (what: string, expected: string, version: number, options = {}) =>
    device.call(what, expected, "deleteGroup", { groupId: id, version }, options);
  await remove("by an old version", "412 version_conflict", 1);
  const last = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000022" };
  await remove("with somebody in it", "204", 5, last);
  await remove("the same once more", "204", 5, last);
  await remove("another one under the same key", "422 idempotency_mismatch", 6, last);
  await remove("once more", "404 not_found", 6);
  await device.call("a deleted one", "404 not_found", "getGroup", { groupId: id });
  await update("a deleted one", "404 not_found", { name: "教室C", version: 6 });
  await device.call("its patient stays", "200", "getPatientGroups", { patientId: yoshida });
}

/** Headings over groups. */
export async function categories(t: Recorder): Promise<void> {
  t.section("categories");
  const device = await t.signedIn(suzuki);
  const key = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000023" };
  const create = (what: string, expected: string, input: Record<string, unknown>, options = {}) =>
    device.call(what, expected, "createCategory", input, options);
  const { body: made } = await create("a category", "201", { name: "病棟" }, key);
  await create("the same once more", "201", { name: "病棟" }, key);
  await create("another one under the same key", "422 idempotency_mismatch", { name: "外来" }, key);
  await create("a name that is there in half width", "409 duplicate_name", { name: "ﾌﾟﾛｸﾞﾗﾑ" });
  await create("an empty name", invalid, { name: "" });
  await create("a name of 51 letters", invalid, { name: "あ".repeat(51) });
  await create("a name with a line break", invalid, { name: "病\n棟" });

  const update = (what: string, expected: string, input: Record<string, unknown>, options = {}) =>
    device.call(what, expected, "updateCategory", { categoryId: made.id, version: 1, ...input }, options);
  const renaming = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000024" };
  await update("a new name", "200", { name: "<b>病棟</b>" }, renaming);
  await update("the same once more", "200", { name: "<b>病棟</b>" }, renaming);
  await update("another one under the same key", "422 idempotency_mismatch", { name: "西病棟" }, renaming);
  await update("by an old version", "412 version_conflict", { name: "西病棟" });
  await update("the name of another one", "409 duplicate_name", { name: "疾患", version: 2 });
  await update("no name", invalid, { version: 2 });

  await inAnOrder(device, made.id);

  const group = { name: "西病棟3階", categoryId: made.id };
  const { body: inside } = await device.call("in it", "201", "createGroup", group);
  const remove = (what: string, expected: string, version: number, options = {}) =>
    device.call(what, expected, "deleteCategory", { categoryId: made.id, version }, options);
  await remove("by an old version", "412 version_conflict", 1);
  const last = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000025" };
  await remove("with a group in it", "204", 3, last);
  await remove("the same once more", "204", 3, last);
  await remove("another one under the same key", "422 idempotency_mismatch", 4, last);
  await remove("once more", "404 not_found", 4);
  await device.call("its group stays", "200", "getGroup", { groupId: inside.id });
  await device.call("those that are left", "200", "listCategories");
}

async function inAnOrder(device: Device, added: string): Promise<void> {
  const order = (what: string, expected: string, categoryIds: unknown, options = {}) =>
    device.call(what, expected, "orderCategories", { categoryIds }, options);
  const ids = ["疾患", "プログラム", "担当", "曜日外来"].map((name) => seedId(`category:minato:${name}`));
  const key = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000026" };
  await order("the new one first", "200", [added, ...ids], key);
  await order("the same once more", "200", [added, ...ids], key);
  await order("another one under the same key", "422 idempotency_mismatch", [...ids, added], key);
  await order("without one", "412 version_conflict", ids);
  await order("one twice", "412 version_conflict", [added, added, ...ids.slice(1)]);
  await order("with one of another hospital", "412 version_conflict", [
    seedId("category:sakura:疾患"),
    ...ids,
  ]);
  await order("ids that are none", invalid, ["疾患"]);
  await order("a filter for a list", invalid, { $ne: null });
}

/** 100 categories are the most; last, because it fills a hospital. */
export async function categoryLimit(t: Recorder): Promise<void> {
  t.section("category limit");
  const device = await t.signedIn("yamasaki@sakura.example.jp", "sakura-portal");
  for (let made = 2; made <= 100; made++) await device.client.send("createCategory", { name: `分類${made}` });
  await device.call("one more than 100", "409 limit_reached", "createCategory", { name: "分類101" });
  await device.call("all 100", "200", "listCategories", { limit: 200 });
}
