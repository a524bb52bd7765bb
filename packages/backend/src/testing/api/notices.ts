import { seedId } from "../../seed/index.ts";
import type { Recorder } from "./recorder.ts";

const maintenance = { noticeId: seedId("notice:maintenance") };

/** お知らせ and incidents, as the demo begins with them. */
export async function notices(t: Recorder): Promise<void> {
  t.section("notices");
  const device = await t.signedIn("takahashi@minato.example.jp");
  const { body } = await device.call("the newest", "200", "listNotices", { limit: 1 });
  await device.call("the ones before", "200", "listNotices", { cursor: body.nextCursor });
  await device.call("a cursor of another list", "422 validation_failed", "listGroups", {
    cursor: body.nextCursor,
  });
  await device.call("one that asks for it", "200", "acknowledgeNotice", maintenance);
  await device.call("the same once more", "200", "acknowledgeNotice", maintenance);
  const idempotencyKey = "6b6f6861-7275-4e3a-8f0b-0000000000a1";
  const welcome = { noticeId: seedId("notice:welcome") };
  await device.call("under a key", "200", "acknowledgeNotice", welcome, { idempotencyKey });
  await device.call("the same under the key", "200", "acknowledgeNotice", welcome, { idempotencyKey });
  await device.call(
    "another one under the key",
    "422 idempotency_mismatch",
    "acknowledgeNotice",
    maintenance,
    {
      idempotencyKey,
    },
  );
  await device.call("afterwards", "200", "listNotices");
  const patient = await t.signedIn("sato.kazuko@example.jp", "demo-portal", "patient");
  await patient.call("as a patient", "200", "listNotices");
  await patient.call("one to staff", "404 not_found", "acknowledgeNotice", maintenance);

  const admin = await t.signedIn("suzuki@minato.example.jp");
  await admin.call("of みなと", "200", "listIncidents");
  await admin.call("no page size", "422 validation_failed", "listIncidents", { limit: 0 });
  const clinic = await t.signedIn("yamasaki@sakura.example.jp", "sakura-portal");
  await clinic.call("of さくら坂", "200", "listIncidents");
}
