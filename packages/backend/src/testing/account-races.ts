import type { OperationId } from "@welby/contract";
import type { GroupId, PatientId } from "@welby/contract/schemas";
import { newSecret, sha256 } from "../domain/secret.ts";
import type { Ports } from "../ports/index.ts";
import type { InstitutionRecord, Records } from "../ports/records.ts";
import { services } from "../services/index.ts";
import { purgeWithdrawn, setLegalHold } from "../services/retention.ts";
import { registrationSubject } from "../services/registration-request.ts";
import type { SignedInCall } from "../services/service.ts";
import { assertEqual } from "./assert.ts";
import { clinicCall } from "./clinic-call.ts";
import { createHospital } from "./hospital.ts";
import { publicCall, testPortal } from "./public-call.ts";
import { outcomes, tally, times, type RaceScenario } from "./race-scenarios.ts";
import { account, group, loginId, person, secret } from "./store/fixtures.ts";

const PASSWORD = "asagao-tegami-koharu-7";
const CHOSEN = "kingyo-furin-yukata-3";
const registrant = {
  name: { family: "新田", given: "光" },
  birthDate: "1990-04-01",
  sex: "other",
  password: CHOSEN,
  acceptedTermsVersion: "2026-04-01",
} as const;

/** What people do with their own accounts on several devices at once. The ports' hasher has to be one that costs nothing. */
export const accountRaceScenarios: readonly RaceScenario[] = [
  {
    name: "PW-8 of eight password changes at once one succeeds",
    async round(ports) {
      const { call } = await patient(ports);
      const results = await outcomes(
        times(8, (index) =>
          services.changePassword(call("changePassword"), {
            currentPassword: PASSWORD,
            newPassword: `${CHOSEN}-${index}`,
            endOtherSessions: true,
          }),
        ),
      );
      // Whoever comes after the change guesses the former password, and guesses are limited.
      const { ok, current_password_wrong: wrong = 0, rate_limited: late = 0 } = tally(results);
      assertEqual([ok, wrong + late], [1, 7], `changes ${results.join()}`);
    },
  },
  {
    name: "RG-2 of 16 confirmations of one registration one opens an account",
    async round(ports) {
      const { institution } = await patient(ports);
      const email = newEmail(ports);
      const token = await registrationLink(ports, email);
      const results = await outcomes(times(16, () => confirmRegistration(ports, institution, token)));
      assertEqual(tally(results), { ok: 1, token_invalid: 15 }, "confirmations");
      await expectOneLogin(ports, email);
    },
  },
  {
    name: "A-081 of two links for one address, confirmed at once, one opens an account",
    async round(ports) {
      const { institution } = await patient(ports);
      const email = newEmail(ports);
      const links = [await registrationLink(ports, email), await registrationLink(ports, email)];
      const results = await outcomes(links.map((token) => confirmRegistration(ports, institution, token)));
      assertEqual(tally(results), { ok: 1, token_invalid: 1 }, "confirmations");
      await expectOneLogin(ports, email);
    },
  },
  {
    name: "A-082 of two accounts that take one address over at once one gets it, and the other keeps its own",
    async round(ports) {
      const email = newEmail(ports);
      const people = [await patient(ports), await patient(ports)];
      const { institution } = await patient(ports);
      const links = await Promise.all(people.map((one) => changeLink(ports, one.account.id, email)));
      const results = await outcomes(
        links.map((token) =>
          services.confirmEmailChange(publicCall(ports, institution, "confirmEmailChange"), { token }),
        ),
      );
      assertEqual(tally(results), { ok: 1, token_invalid: 1 }, "confirmations");
      await expectOneLogin(ports, email);
      const logins = await ports.store.transaction((tx) =>
        tx.loginIds.list({ accountId: { in: people.map((one) => one.account.id) } }),
      );
      assertEqual(logins.length, 2, "login ids");
    },
  },
  {
    name: "RG-4 of eight withdrawals at once one closes the account",
    async round(ports) {
      const { call } = await patient(ports);
      const results = await outcomes(
        times(8, () => services.withdraw(call("withdraw"), { confirmation: "退会" })),
      );
      assertEqual(tally(results), { ok: 1, session_expired: 7 }, "withdrawals");
    },
  },
  {
    name: "RG-4 a sign-in beside a withdrawal leaves no session alive",
    async round(ports) {
      const { call, institution, email, account: own } = await patient(ports);
      const enter = () =>
        services.signIn(publicCall(ports, institution, "signIn"), {
          audience: "patient",
          loginId: email,
          password: PASSWORD,
        });
      await Promise.allSettled([
        ...times(4, enter),
        services.withdraw(call("withdraw"), { confirmation: "退会" }),
        ...times(4, enter),
      ]);
      const alive = await ports.store.transaction((tx) =>
        tx.sessions.count({ accountId: own.id, endedAt: null }),
      );
      assertEqual(alive, 0, "sessions alive");
    },
  },
  {
    name: "RG-4 an assignment beside a withdrawal leaves nobody in a group who has gone",
    async round(ports) {
      const { call, patientId, institution, admin } = await patient(ports);
      const rows = ["外来A", "外来B", "外来C"].map((name) => group(institution.id, name));
      await ports.store.transaction((tx) => tx.groups.insertMany(rows));
      const assign = async (groupId: string) =>
        services.changeGroupMembers(await clinicCall(ports, admin, "changeGroupMembers"), {
          groupId: groupId as GroupId,
          add: [patientId as PatientId],
          remove: [],
        });
      const results = await outcomes([
        ...rows.map(({ id }) => assign(id)),
        services.withdraw(call("withdraw"), { confirmation: "退会" }),
      ]);
      assertEqual(results.at(-1), "ok", "the withdrawal");
      const open = await ports.store.transaction((tx) =>
        tx.memberships.count({ patientId, removedAt: null }),
      );
      assertEqual(open, 0, `memberships; assignments ${results.join()}`);
    },
  },
  {
    name: "clause 3 a legal hold beside two purges keeps all of a patient or comes too late",
    async round(ports) {
      const { patientId } = await patient(ports, { purgeAfter: ports.clock.now() });
      const [held] = await outcomes([
        setLegalHold(ports, { patientId, reason: "東京地裁 令和8年(ワ)第1号" }),
        purgeWithdrawn(ports),
        purgeWithdrawn(ports),
      ]);
      const left = await ports.store.transaction(async (tx) => [
        await tx.patients.count({ id: patientId }),
        await tx.patientLinks.count({ patientId }),
        await tx.audit.count({ action: "patient.purged", targetId: patientId }),
      ]);
      assertEqual(left, held === "ok" ? [1, 1, 0] : [0, 0, 1], `the hold was ${held}`);
    },
  },
];

interface Patient {
  readonly account: Records["accounts"];
  readonly patientId: string;
  readonly email: string;
  readonly institution: InstitutionRecord;
  /** Staff id of an administrator there. */
  readonly admin: string;
  readonly call: (operationId: OperationId) => SignedInCall;
}

/** Somebody with an account, linked to a hospital and signed in. */
async function patient(ports: Ports, changes: Partial<Records["patients"]> = {}): Promise<Patient> {
  const { store, hasher, clock, random } = ports;
  const { institutionId, admins } = await createHospital(ports, { admins: 1 });
  const own = account({ kind: "patient", institutionId: null, passwordHash: await hasher.hash(PASSWORD) });
  const { patient, link } = person(institutionId, { name: "試験 患者" });
  const email = newEmail(ports);
  const portal = testPortal(institutionId);
  const now = clock.now();
  const session: Records["sessions"] = {
    id: random.uuid(),
    accountId: own.id,
    clientId: portal.clientId,
    keyThumbprint: "thumbprint",
    deviceLabel: "",
    authenticatedAt: now,
    amr: ["pwd"],
    createdAt: now,
    lastSeenAt: now,
    absoluteExpiresAt: new Date(now.getTime() + 3_600_000),
    restriction: null,
    endedAt: null,
    endReason: null,
  };
  const institution = await store.transaction(async (tx) => {
    await tx.accounts.insert(own);
    await tx.loginIds.insert(
      loginId({ accountId: own.id, realm: "patient", value: email, key: email, verifiedAt: now }),
    );
    await tx.patients.insert({ ...patient, accountId: own.id, ...changes });
    await tx.patientLinks.insert(link);
    await tx.sessions.insert(session);
    return tx.institutions.get({ id: institutionId });
  });
  if (!institution) throw new Error("No such institution");
  const actor = {
    accountId: own.id,
    kind: "patient",
    role: "patient",
    institutionId: null,
    staffId: null,
    patientId: patient.id,
    name: patient.nameText,
    session,
  } as const;
  return {
    account: own,
    patientId: patient.id,
    email,
    institution,
    admin: admins[0],
    call: (operationId) => ({ ...publicCall(ports, institution, operationId), actor }),
  };
}

const newEmail = ({ random }: Ports) => `${random.uuid()}@example.jp`;

/** A link as the mail would hold it. */
async function registrationLink(ports: Ports, email: string): Promise<string> {
  const subject = await registrationSubject(email);
  return insertSecret(ports, { accountId: subject, purpose: "registration", credentialVersion: 0 }, email);
}

function changeLink(ports: Ports, accountId: string, email: string): Promise<string> {
  return insertSecret(ports, { accountId, purpose: "email_change" }, email);
}

async function insertSecret(
  ports: Ports,
  changes: Partial<Records["oneTimeSecrets"]>,
  email: string,
): Promise<string> {
  const token = newSecret(ports.random);
  const now = ports.clock.now();
  const row = secret({
    ...changes,
    hash: await sha256(token),
    data: { clientId: testPortal("").clientId, email },
    createdAt: now,
    expiresAt: new Date(now.getTime() + 60_000),
  });
  await ports.store.transaction((tx) => tx.oneTimeSecrets.insert(row));
  return token;
}

function confirmRegistration(
  ports: Ports,
  institution: InstitutionRecord,
  token: string,
): Promise<undefined> {
  return services.confirmRegistration(publicCall(ports, institution, "confirmRegistration"), {
    token,
    ...registrant,
  });
}

async function expectOneLogin(ports: Ports, email: string): Promise<void> {
  const count = await ports.store.transaction((tx) => tx.loginIds.count({ realm: "patient", key: email }));
  assertEqual(count, 1, "login ids with the address");
}
