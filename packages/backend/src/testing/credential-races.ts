import { totpCode, totpStep } from "../domain/totp.ts";
import { newSecret, sha256 } from "../domain/secret.ts";
import type { Ports } from "../ports/index.ts";
import { services } from "../services/index.ts";
import { assert, assertEqual } from "./assert.ts";
import { createHospital } from "./hospital.ts";
import { publicCall } from "./public-call.ts";
import { outcomes, tally, times, type RaceScenario } from "./race-scenarios.ts";
import { factor, loginId, secret } from "./store/fixtures.ts";

const TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const PASSWORD = "asagao-tegami-koharu-7";
const CHOSEN = "kingyo-furin-yukata-3";

/**
 * One-time secrets and tokens used many times at once, by the services alone: without requests and proofs a round is cheap,
 * so that a test can afford hundreds of them. The ports' hasher has to be one that costs nothing.
 */
export const credentialRaceScenarios: readonly RaceScenario[] = [
  {
    name: "A-056 of 16 resets with one token at once one succeeds",
    async round(ports) {
      const { call, account } = await member(ports);
      const token = newSecret(ports.random);
      const row = secret({
        accountId: account.id,
        hash: await sha256(token),
        data: { clientId: call("signIn").client.clientId },
        createdAt: ports.clock.now(),
        expiresAt: new Date(ports.clock.now().getTime() + 60_000),
      });
      await ports.store.transaction((tx) => tx.oneTimeSecrets.insert(row));
      const results = await outcomes(
        times(16, (index) =>
          services.confirmPasswordReset(call("confirmPasswordReset"), {
            token,
            newPassword: `${CHOSEN}-${index}`,
          }),
        ),
      );
      assertEqual(tally(results), { ok: 1, token_invalid: 15 }, "resets");
    },
  },
  {
    name: "A-060 of 64 wrong codes at once five are judged",
    async round(ports) {
      const { call, challenge } = await member(ports, { totp: true });
      const id = await challenge();
      const right = await totpCode(TOTP_SECRET, totpStep(ports.clock.now()));
      // No code of the steps beside it either.
      const wrong = right.replace(/^./, (digit) => String((Number(digit) + 5) % 10));
      const results = await outcomes(
        times(64, () =>
          services.verifyMfa(call("verifyMfa"), { challenge: id, method: "totp", code: wrong }),
        ),
      );
      const { mfa_invalid: judged, ...others } = tally(results);
      assertEqual(judged, 5, `verifications ${JSON.stringify(tally(results))}`);
      // One more of the right kind finds the challenge dead.
      assertEqual(
        Object.keys(others).every((one) => one === "challenge_expired" || one === "rate_limited"),
        true,
        `verifications ${JSON.stringify(tally(results))}`,
      );
      const late = services.verifyMfa(call("verifyMfa"), { challenge: id, method: "totp", code: right });
      assertEqual(await outcomes([late]), ["challenge_expired"], "the right code afterwards");
    },
  },
  {
    name: "A-061 one right code for three challenges at once makes one session",
    async round(ports) {
      const { call, challenge, account } = await member(ports, { totp: true });
      const challenges = [await challenge(), await challenge(), await challenge()];
      const code = await totpCode(TOTP_SECRET, totpStep(ports.clock.now()));
      const results = await outcomes(
        challenges.map((id) =>
          services.verifyMfa(call("verifyMfa"), { challenge: id, method: "totp", code }),
        ),
      );
      assertEqual(tally(results), { ok: 1, mfa_invalid: 2 }, "verifications");
      const sessions = await ports.store.transaction((tx) => tx.sessions.count({ accountId: account.id }));
      assertEqual(sessions, 1, "sessions");
    },
  },
  {
    name: "A-074 32 refreshes with one token at once make one lineage",
    async round(ports) {
      const { call, enter, account } = await member(ports);
      const entered = await enter();
      const { refreshToken } = "grant" in entered ? entered.grant : refuse(entered.status);
      const grants = await Promise.all(
        times(32, () => services.refreshToken(call("refreshToken"), { refreshToken })),
      );
      assertEqual(new Set(grants.map((grant) => grant.refreshToken)).size, 1, "successors");
      const open = await ports.store.transaction(async (tx) => {
        const sessions = await tx.sessions.list({ accountId: account.id });
        return tx.refreshTokens.count({ sessionId: { in: sessions.map(({ id }) => id) }, usedAt: null });
      });
      assertEqual(open, 1, "tokens alive");
    },
  },
];

/** A hospital with one administrator who can sign in. */
async function member(ports: Ports, options: { totp?: true } = {}) {
  const { store, hasher, clock } = ports;
  const { institutionId, admins } = await createHospital(ports, { admins: 1 });
  const passwordHash = await hasher.hash(PASSWORD);
  const { account, institution, login } = await store.transaction(async (tx) => {
    const staff = await tx.staff.get({ id: admins[0] });
    const account = await tx.accounts.get({ id: staff?.accountId ?? "" });
    const institution = await tx.institutions.get({ id: institutionId });
    assert(account && institution, "no such member");
    const login = loginId({
      accountId: account.id,
      realm: `staff:${institutionId}`,
      verifiedAt: clock.now(),
    });
    await tx.accounts.update({ id: account.id }, { passwordHash });
    await tx.loginIds.insert(login);
    if (options.totp) await tx.factors.insert(factor({ accountId: account.id, totpSecret: TOTP_SECRET }));
    return { account, institution, login };
  });
  const call = (id: Parameters<typeof publicCall>[2]) => publicCall(ports, institution, id);
  const enter = () =>
    services.signIn(call("signIn"), { audience: "staff", loginId: login.value, password: PASSWORD });
  return {
    account,
    call,
    enter,
    challenge: async () => {
      const asked = await enter();
      return "challenge" in asked ? asked.challenge : refuse(asked.status);
    },
  };
}

function refuse(status: string): never {
  throw new Error(`the sign-in came to ${status}`);
}
