import type { PasskeyCreation, PasskeySignInStart } from "@welby/contract/schemas";
import { createBackend } from "../app.ts";
import { totpCode, totpStep } from "../domain/totp.ts";
import { createStoredKeys } from "../keys/stored-keys.ts";
import type { Hasher } from "../ports/hasher.ts";
import type { Ports } from "../ports/index.ts";
import { assertEqual } from "./assert.ts";
import { createHospital } from "./hospital.ts";
import type { RaceScenario } from "./race-scenarios.ts";
import { softwareAuthenticator } from "./software-authenticator.ts";
import { factor, recoveryCode } from "./store/fixtures.ts";
import { createTestClient, TEST_BASE_URL, type TestAnswer, type TestClient } from "./test-client.ts";

const TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const PASSWORD = "asagao-tegami-koharu-7";
const CHOSEN = "kingyo-furin-yukata-3";

/** Sign-in, tokens and one-time secrets under parallel requests, through the whole API; only a store with several connections proves them. */
export const sessionRaceScenarios: readonly RaceScenario[] = [
  {
    name: "A-074 32 refreshes with one token at once make one lineage",
    async round(ports) {
      const { member, ports: own } = await setUp(ports);
      await member.signIn();
      const refreshToken = member.client.session?.refreshToken;
      const answers = await times(32, () => member.client.send("refreshToken", { refreshToken }));
      assertEqual(counts(answers), { 200: 32 }, "refreshes");
      assertEqual(new Set(answers.map(({ body }) => tokenOf(body))).size, 1, "successors");
      const sessions = await own.store.transaction((tx) => tx.sessions.list({ accountId: member.accountId }));
      const open = { sessionId: { in: sessions.map(({ id }) => id) }, usedAt: null };
      assertEqual(await own.store.transaction((tx) => tx.refreshTokens.count(open)), 1, "open tokens");
    },
  },
  {
    name: "A-056 of 16 resets with one token at once one succeeds",
    async round(ports) {
      const { member, mails, deliver } = await setUp(ports);
      await member.client.send("requestPasswordReset", { audience: "staff", email: member.email });
      await deliver();
      const token = /#token=([\w-]+)/.exec(mails.get(member.email) ?? "")?.[1];
      const answers = await times(16, (i) =>
        member.client.send("confirmPasswordReset", { token, newPassword: `${CHOSEN}-${i}` }),
      );
      assertEqual(counts(answers), { 204: 1, 422: 15 }, "resets");
    },
  },
  {
    name: "A-060 of 24 wrong codes at once five are judged",
    async round(ports) {
      const { member } = await setUp(ports, { totp: true });
      const challenge = await member.challenge();
      const right = await member.code();
      const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
      const answers = await times(24, () =>
        member.client.send("verifyMfa", { challenge, method: "totp", code: wrong }),
      );
      assertEqual(codes(answers), { mfa_invalid: 5, challenge_expired: 19 }, "verifications");
    },
  },
  {
    name: "A-061 one right code for three challenges at once makes one session",
    async round(ports) {
      const { member, ports: own } = await setUp(ports, { totp: true });
      const challenges = await times(3, () => member.challenge());
      const code = await member.code();
      const answers = await times(3, (i) =>
        member.client.send("verifyMfa", { challenge: challenges[i], method: "totp", code }),
      );
      assertEqual(counts(answers), { 200: 1, 401: 2 }, "verifications");
      const sessions = await own.store.transaction((tx) =>
        tx.sessions.count({ accountId: member.accountId }),
      );
      assertEqual(sessions, 1, "sessions");
    },
  },
  {
    name: "A-064 one recovery code for eight challenges at once makes one session",
    async round(ports) {
      const { member, ports: own } = await setUp(ports, { totp: true });
      const code = "abcde-fghjk-mnpqr-stuvw";
      const hash = await plainHasher.hash(code.replaceAll("-", ""));
      const row = recoveryCode({ accountId: member.accountId, selector: "abc", hash });
      await own.store.transaction((tx) => tx.recoveryCodes.insert(row));
      const challenges = await times(8, () => member.challenge());
      const answers = await times(8, (i) =>
        member.client.send("verifyMfa", { challenge: challenges[i], method: "recovery_code", code }),
      );
      assertEqual(counts(answers), { 200: 1, 401: 7 }, "verifications");
    },
  },
  {
    name: "A-065 one signature of a passkey for eight sign-ins at once makes one session",
    async round(ports) {
      const { member, ports: own } = await setUp(ports);
      const { client } = member;
      const portal = { rpId: "portal.example.jp", allowedOrigins: ["https://portal.example.jp"] };
      await own.store.transaction((tx) => tx.partnerClients.update({ clientId: client.clientId }, portal));
      await member.signIn();
      // A synced passkey counts nothing: only the challenge keeps its signature from being used twice.
      const key = await softwareAuthenticator({ origin: "https://portal.example.jp", synced: true });
      const { options } = (await client.send("startPasskey")).body as { options: PasskeyCreation };
      await client.send("addPasskey", { label: "鍵", credential: await key.create(options) });
      const begun = (await client.send("startPasskeySignIn", { audience: "staff" }))
        .body as PasskeySignInStart;
      const credential = await key.get(begun.options);
      const answers = await times(8, () =>
        client.send("signInWithPasskey", { challenge: begun.challenge, credential }),
      );
      assertEqual(counts(answers), { 200: 1, 401: 7 }, "sign-ins");
    },
  },
  {
    name: "MF-1 of two factors removed at once where one is demanded, one stays",
    async round(ports) {
      const { member, ports: own } = await setUp(ports, { totp: true });
      const challenge = await member.challenge();
      await member.client.send("verifyMfa", { challenge, method: "totp", code: await member.code() });
      const second = factor({ accountId: member.accountId, kind: "sms", phone: "+819000000031" });
      const factors = await own.store.transaction(async (tx) => {
        await tx.factors.insert(second);
        const account = await tx.accounts.get({ id: member.accountId });
        await tx.institutions.update({ id: account?.institutionId ?? "" }, { mfaRequired: true });
        return tx.factors.list({ accountId: member.accountId });
      });
      const answers = await times(2, (i) => member.client.send("removeFactor", { factorId: factors[i]?.id }));
      assertEqual(counts(answers), { 204: 1, 409: 1 }, "removals");
    },
  },
  {
    name: "SI-6 of 24 wrong passwords at once five are judged",
    async round(ports) {
      const { member } = await setUp(ports);
      const answers = await times(24, () => member.signIn("wrong-password"));
      assertEqual(counts(answers), { 401: 5, 429: 19 }, "sign-ins");
    },
  },
  {
    name: "PW-6 sixteen right passwords at once all get in",
    async round(ports) {
      const { member } = await setUp(ports);
      assertEqual(counts(await times(16, () => member.signIn())), { 200: 16 }, "sign-ins");
    },
  },
  {
    name: "A-076 of one proof sent eight times at once one is accepted",
    async round(ports) {
      const { member } = await setUp(ports);
      await member.signIn();
      const { session } = member.client;
      const dpop = await member.client.proof("GET", "/v1/me", session?.accessToken);
      const headers = { dpop, authorization: `DPoP ${session?.accessToken}` };
      const answers = await times(8, () => member.client.request("GET", "/v1/me", { headers }));
      assertEqual(counts(answers), { 200: 1, 401: 7 }, "calls");
    },
  },
  {
    name: "SD-3 eight requests with one idempotency key at once have one effect",
    async round(ports) {
      const { member } = await setUp(ports);
      await member.signIn();
      const options = { idempotencyKey: ports.random.uuid() };
      const answers = await times(8, () => member.client.send("createGroup", { name: "外来" }, options));
      const created = answers.filter(({ status }) => status === 201);
      assertEqual(created.length + answers.filter(({ status }) => status === 409).length, 8, "answers");
      assertEqual(
        new Set(created.map(({ body }) => (body as { id: string }).id)).size,
        1,
        "groups in answers",
      );
      const list = await member.client.send("listGroups");
      assertEqual((list.body as { total: number }).total, 1, "groups");
    },
  },
  {
    name: "eight first passwords at once: one is set, and one full session begins",
    async round(ports) {
      const { member, ports: own } = await setUp(ports, { initial: true });
      await member.signIn();
      const { session } = member.client;
      const answers = await times(8, (i) =>
        member.client.send("setInitialPassword", { newPassword: `${CHOSEN}-${i}` }, { session }),
      );
      assertEqual(counts(answers)[200], 1, "changes");
      const open = { accountId: member.accountId, endedAt: null };
      assertEqual(await own.store.transaction((tx) => tx.sessions.count(open)), 1, "sessions");
    },
  },
  {
    name: "four deliveries at once hand one mail over once",
    async round(ports) {
      const { member, handedOver, deliver } = await setUp(ports);
      await member.client.send("requestPasswordReset", { audience: "staff", email: member.email });
      await times(4, () => deliver());
      await deliver();
      assertEqual(handedOver.filter((to) => to === member.email).length, 1, "mails");
    },
  },
];

/** A hospital with one member and a backend of its own over the given store. */
async function setUp(shared: Ports, options: { totp?: true; initial?: true } = {}) {
  const { store, clock, random } = shared;
  const mails = new Map<string, string>();
  const handedOver: string[] = [];
  const ports: Ports = {
    ...shared,
    hasher: plainHasher,
    keys: createStoredKeys(store, clock, random),
    mailer: {
      send: async ({ to, text }) => {
        handedOver.push(to);
        mails.set(to, text);
      },
    },
  };
  const { institutionId, admins } = await createHospital(ports, { admins: 1 });
  const id = random.uuid();
  const email = `${id}@example.jp`;
  const clientId = `race-${id.slice(0, 18)}`;
  const accountId = await store.transaction(async (tx) => {
    const staff = await tx.staff.get({ id: admins[0] });
    const accountId = staff?.accountId ?? "";
    await tx.accounts.update(
      { id: accountId },
      {
        passwordHash: await plainHasher.hash(PASSWORD),
        mustChangePassword: options.initial ?? false,
      },
    );
    if (options.totp) await tx.factors.insert(factor({ accountId, totpSecret: TOTP_SECRET }));
    const realm = `staff:${institutionId}`;
    await tx.loginIds.insert({
      id,
      accountId,
      realm,
      type: "email",
      value: email,
      key: email,
      verifiedAt: clock.now(),
    });
    await tx.partnerClients.insert({
      clientId,
      institutionId,
      name: "試験ポータル",
      allowedOrigins: [],
      tokenBinding: "dpop",
      rpId: null,
      urls: {
        passwordReset: "https://portal.example.jp/reset",
        invitation: "https://portal.example.jp/",
        registration: "https://portal.example.jp/",
      },
      webhookEndpoints: [],
    });
    return accountId;
  });
  const backend = createBackend(ports, {
    baseUrls: [TEST_BASE_URL],
    environment: "mock",
    dataLocation: null,
    version: "0.0.0",
    issuer: TEST_BASE_URL,
  });
  const client = await createTestClient({ fetch: backend.fetch, clientId, now: () => clock.now() });
  await client.send("getMeta");
  return {
    ports,
    mails,
    handedOver,
    deliver: backend.deliverOutbox,
    member: member(ports, client, accountId, email),
  };
}

function member(ports: Ports, client: TestClient, accountId: string, email: string) {
  const signIn = (password = PASSWORD) => client.signIn(email, password);
  return {
    client,
    accountId,
    email,
    signIn,
    challenge: async () => ((await signIn()).body as { challenge: string }).challenge,
    code: () => totpCode(TOTP_SECRET, totpStep(ports.clock.now())),
  };
}

/** Protects nothing; the races are about what comes after it. */
const plainHasher: Hasher = {
  hash: async (password) => `$plain$${password}`,
  verify: async (hash, password) => hash === `$plain$${password}`,
  needsRehash: () => false,
};

const times = <T>(n: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, index) => make(index)));

function tally(keys: readonly (string | number)[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const key of keys) found[key] = (found[key] ?? 0) + 1;
  return found;
}
const counts = (answers: readonly TestAnswer[]) => tally(answers.map(({ status }) => status));
const codes = (answers: readonly TestAnswer[]) =>
  tally(answers.map(({ body }) => (body as { code: string }).code));
const tokenOf = (body: unknown) => (body as { refreshToken: string }).refreshToken;
