import { passwordForm } from "@welby/contract/policy";
import { emailKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import { assertPasswordAllowed, passwordRulesFor } from "../domain/password.ts";
import { patientKeys } from "../domain/patient-keys.ts";
import { toNameColumns } from "../domain/person-name.ts";
import { sha256 } from "../domain/secret.ts";
import type { PatientRecord } from "../ports/records.ts";
import { findByToken, liveSecret, useUp } from "./mailed-token.ts";
import { assertBorn } from "./me.ts";
import { patientWords } from "./person.ts";
import type { Service } from "./service.ts";

/**
 * Opens a patient's account by the link of a registration mail. The password is set here for the first time, by whoever
 * has the mailbox, so that nobody can lay one in beforehand. The institution of the page gets to know the patient, but
 * links are its own to make: the patient is `requested` there.
 * @throws {token_invalid} @throws {weak_password} @throws {rate_limited} @throws {overloaded}
 */
export const confirmRegistration: Service<"confirmRegistration"> = async (call, input) => {
  const { hasher, clock, random } = call.ports;
  const { client, institution } = call;
  const action = "patient.registered";
  assertBorn(call, input.birthDate);
  const hash = await sha256(input.token);
  const secret = await findByToken(call, action, (transaction) =>
    liveSecret(call, transaction, hash, "registration"),
  );
  const email = secret.data["email"] ?? "";
  const accountId = random.uuid();
  const patient: PatientRecord = {
    id: random.uuid(),
    accountId,
    ...toNameColumns(input.name),
    birthDate: input.birthDate,
    sex: input.sex,
    version: 1,
    changedAt: null,
    purgeAfter: null,
    legalHold: null,
  };
  const typed = passwordForm(input.password);
  assertPasswordAllowed(typed, passwordRulesFor("patient", institution), patientWords(patient, email));
  const passwordHash = await hasher.hash(typed);

  await call.transaction(async (transaction) => {
    const now = clock.now();
    const isNew = await transaction.loginIds.insertIfAbsent({
      id: random.uuid(),
      accountId,
      realm: "patient",
      type: "email",
      value: email,
      key: emailKey(email) ?? email,
      verifiedAt: now,
    });
    // Thrown inside, so that a link is not used up by an account that was not opened.
    if (!isNew || !(await useUp(transaction, secret, now))) throw new ApiProblem("token_invalid");
    await transaction.accounts.insert({
      id: accountId,
      kind: "patient",
      institutionId: null,
      passwordHash,
      mustChangePassword: false,
      initialPasswordExpiresAt: null,
      credentialVersion: 1,
      closedAt: null,
      lastSignInAt: null,
      createdAt: now,
    });
    await transaction.patients.insert(patient);
    await transaction.patientLinks.insert({
      id: random.uuid(),
      patientId: patient.id,
      institutionId: institution.id,
      status: "requested",
      version: 1,
      changedBy: null,
      changedAt: null,
      ...patientKeys(patient, null, institution.patientNumber),
    });
    await transaction.consents.insert({
      id: random.uuid(),
      accountId,
      institutionId: institution.id,
      clientId: client.clientId,
      kind: "terms",
      version: input.acceptedTermsVersion,
      acceptedAt: now,
    });
    await call.audit(transaction, {
      action,
      result: "ok",
      actorId: accountId,
      actorName: patient.nameText,
      actorRole: "patient",
      targetType: "patient",
      targetId: patient.id,
      details: { acceptedTermsVersion: input.acceptedTermsVersion },
    });
  });
  return undefined;
};
