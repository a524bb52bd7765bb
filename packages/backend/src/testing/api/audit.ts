import { institutions } from "../../seed/institutions.ts";
import { staffId } from "../../seed/index.ts";
import type { Recorder } from "./recorder.ts";

/** 操作ログ, in what every way to the API has in common: the past that the demo begins with. */
export async function auditLog(t: Recorder): Promise<void> {
  t.section("audit log");
  const device = await t.signedIn("suzuki@minato.example.jp");
  const search = (what: string, expected: string, input: Record<string, unknown>) =>
    device.call(what, expected, "searchAuditEvents", input);
  const sasaki = { targetId: staffId("sasaki@minato.example.jp") };
  await search("one event by its target", "200", sasaki);
  await search("by everything at once", "200", {
    ...sasaki,
    targetType: "staff",
    action: "staff.removed",
    result: "ok",
    from: "2026-03-02T00:00:00+09:00",
    to: "2026-03-03T00:00:00+09:00",
  });
  await search("nothing on the day before", "200", { ...sasaki, to: "2026-03-02T00:00:00+09:00" });
  for (const name of ["操作ログ1", "操作ログ2", "操作ログ3"])
    await device.client.send("createGroup", { name });
  const filter = { action: "group.created", from: t.now().toISOString() };
  const { body } = await search("the newest two", "200", { ...filter, limit: 2 });
  await search("the ones before", "200", { ...filter, limit: 2, cursor: body.nextCursor });
  await search("the cursor of another filter", "422 validation_failed", { cursor: body.nextCursor });
  await search("an order", "422 validation_failed", { sort: "created_at;SELECT pg_sleep(5)" });
  const year = { from: "2025-03-31T08:59:59+09:00", to: "2026-04-01T09:00:00+09:00" };
  await search("more than 366 days", "422 range_too_wide", year);
  await search("an end before its beginning", "422 validation_failed", { from: year.to, to: year.from });

  const download = (what: string, expected: string, input: Record<string, unknown>) =>
    device.call(what, expected, "exportAuditEvents", input);
  await download("one event", "200", sasaki);
  await download("none", "200", { action: "nothing.at_all" });
  await download("more than 366 days", "422 range_too_wide", year);
  const clinic = await t.signedIn("yamasaki@sakura.example.jp", "sakura-portal");
  await clinic.call("an event of another hospital", "200", "searchAuditEvents", sasaki);
  await clinic.call("of another hospital", "200", "exportAuditEvents", {
    ...sasaki,
    actorId: institutions.minato.id,
  });
}
