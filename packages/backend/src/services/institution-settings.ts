import { checkEmail, emailKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import type { InstitutionRecord } from "../ports/records.ts";
import { versionConflict } from "./conflict.ts";
import { requireInstitution, toInstitution } from "./institution.ts";
import { lockedChange } from "./locked-change.ts";
import type { Service } from "./service.ts";

type Settings = Pick<
  InstitutionRecord,
  "idleTimeoutMin" | "passwordPreset" | "mfaRequired" | "incidentContacts"
>;

/**
 * Changes what an institution sets for itself; what holds from the next request on. A change to what it already is moves
 * no version. @throws {version_conflict}
 */
export const updateInstitutionSettings: Service<"updateInstitutionSettings"> = (
  call,
  { version, ...wish },
) => {
  const { institutionId, accountId } = call.actor;
  const incidentContacts = wish.incidentContacts && contacts(wish.incidentContacts);
  const change = { lock: `institution:${institutionId}`, action: "institution.settings_changed" };
  return lockedChange(call, change, async (transaction) => {
    const before = await requireInstitution(transaction, institutionId);
    if (before.version !== version) throw await versionConflict(transaction, [before]);
    const settings: Settings = {
      idleTimeoutMin: wish.idleTimeoutMin ?? before.idleTimeoutMin,
      passwordPreset: wish.passwordPreset ?? before.passwordPreset,
      mfaRequired: wish.mfaRequired ?? before.mfaRequired,
      incidentContacts: incidentContacts ?? before.incidentContacts,
    };
    // Short passwords are for those who show something else as well.
    if (settings.passwordPreset === "mhlw-c" && !settings.mfaRequired)
      throw invalid("passwordPreset", "contradiction");

    const moved = JSON.stringify(pick(before)) !== JSON.stringify(pick(settings));
    const after: InstitutionRecord = moved
      ? {
          ...before,
          ...settings,
          version: version + 1,
          changedBy: accountId,
          changedAt: call.ports.clock.now(),
        }
      : before;
    await transaction.institutions.update({ id: institutionId }, after);
    await call.audit(transaction, {
      action: "institution.settings_changed",
      result: "ok",
      targetType: "institution",
      targetId: institutionId,
      details: { from: countedContacts(before), to: countedContacts(after) },
    });
    return toInstitution(transaction, after);
  });
};

/** The addresses as they are kept, each of them once. @throws {validation_failed} */
function contacts(typed: readonly string[]): string[] {
  const keys = new Set<string>();
  return typed.map((text, index) => {
    const path = `incidentContacts.${index}`;
    const checked = checkEmail(text, { newEntry: true });
    if (!checked.ok) throw invalid(path, checked.problem);
    const key = emailKey(checked.email) ?? checked.email;
    if (keys.has(key)) throw invalid(path, "duplicate");
    keys.add(key);
    return checked.email;
  });
}

const invalid = (path: string, code: string) =>
  new ApiProblem("validation_failed", { errors: [{ path, code }] });

const pick = ({ idleTimeoutMin, passwordPreset, mfaRequired, incidentContacts }: Settings): Settings => ({
  idleTimeoutMin,
  passwordPreset,
  mfaRequired,
  incidentContacts,
});

/** For the log, which holds no addresses. */
const countedContacts = (settings: Settings) => ({
  ...pick(settings),
  incidentContacts: settings.incidentContacts.length,
});
