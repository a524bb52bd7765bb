import { patientId } from "../../seed/index.ts";
import type { Recorder } from "./recorder.ts";

/** Patients one by one. */
export async function patientDetail(t: Recorder): Promise<void> {
  t.section("patient detail");
  const device = await t.signedIn("takahashi@minato.example.jp");
  const get = (what: string, expected: string, id: string) =>
    device.call(what, expected, "getPatient", { patientId: patientId(id) });
  await get("a patient with an address", "200", "sato-kazuko");
  await get("one of two of a name", "200", "sato-wako");
  await get("a patient without an account", "200", "kana-only");
  for (const status of ["requested", "revoked", "unlinked"])
    await get(`a patient whose link is ${status}`, "404 not_found", `link-${status}`);
}

/** What an institution sets for itself. It ends as it began, so that nothing that follows is different. */
export async function institution(t: Recorder): Promise<void> {
  t.section("institution");
  const device = await t.signedIn("suzuki@minato.example.jp");
  const { body: before } = await device.call("before", "200", "getInstitution");
  const { version } = before;
  const update = (what: string, expected: string, input: Record<string, unknown>, options = {}) =>
    device.call(what, expected, "updateInstitutionSettings", { version, ...input }, options);
  const change = { idleTimeoutMin: 20, incidentContacts: ["ＫＡＮＲＩ@minato.example.jp"] };
  const key = { idempotencyKey: "6b6f6861-7275-4e3a-8f0b-000000000027" };
  await update("the idle time and the contacts", "200", change, key);
  await update("the same once more", "200", change, key);
  await update("another one under the same key", "422 idempotency_mismatch", { idleTimeoutMin: 21 }, key);
  await update("by an old version", "412 version_conflict", { idleTimeoutMin: 21 });
  await update("what it already is", "200", { idleTimeoutMin: 20, version: version + 1 });
  const invalid = "422 validation_failed";
  await update("less than 5 minutes", invalid, { idleTimeoutMin: 4 });
  await update("more than an hour", invalid, { idleTimeoutMin: 61 });
  await update("a preset that there is not", invalid, { passwordPreset: "none" });
  const short = { passwordPreset: "mhlw-c", version: version + 1 };
  await update("short passwords without a second factor", invalid, short);
  await update("a contact that is no address", invalid, { incidentContacts: ["kanri"] });
  await update("one contact twice", invalid, {
    incidentContacts: ["a@minato.example.jp", "ａ@minato.example.jp"],
    version: version + 1,
  });
  const many = Array.from({ length: 11 }, (_, index) => `a${index}@minato.example.jp`);
  await update("eleven contacts", invalid, { incidentContacts: many });
  await update("a number of seats", invalid, { seats: 1000 });
  await update("stricter passwords", "200", { passwordPreset: "mhlw-a", version: version + 1 });
  await device.call("that everybody reads at once", "200", "getPasswordPolicy");
  const back = { idleTimeoutMin: 15, passwordPreset: "default", version: version + 2 };
  await update("back", "200", back);
}
