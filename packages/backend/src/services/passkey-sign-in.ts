import { ApiProblem } from "../domain/api-problem.ts";
import {
  asWebAuthnChallenge,
  newPasskeyChallenge,
  passkeyChallengeEnd,
} from "../domain/passkey-challenge.ts";
import { sha256 } from "../domain/secret.ts";
import type { AccountRecord, FactorRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { countFailure, ipCounter, refuseFor, waitBefore } from "./attempts.ts";
import { enter, entryResult } from "./entry.ts";
import { judgeAssertion } from "./passkey-judge.ts";
import { findPerson } from "./person.ts";
import { passkeyRequest } from "./relying-party.ts";
import type { Call, Service } from "./service.ts";
import { accountLock } from "./sessions.ts";

const AUDIENCES = ["staff", "patient"] as const;
type Audience = (typeof AUDIENCES)[number];

/** Begins a sign-in by a passkey; says nothing about anybody. @throws {wrong_status} */
export const startPasskeySignIn: Service<"startPasskeySignIn"> = async (call, { audience }) => {
  const { keys, random, clock } = call.ports;
  const challenge = await newPasskeyChallenge(
    await keys.mac("nonce"),
    random,
    scope(call, audience),
    clock.now(),
  );
  return { challenge, options: passkeyRequest(call, asWebAuthnChallenge(challenge), []) };
};

/**
 * Signs in with a passkey: the device and the person's gesture on it are two factors. One answer for every reason not to.
 * @throws {challenge_expired} @throws {passkey_invalid} @throws {rate_limited}
 */
export const signInWithPasskey: Service<"signInWithPasskey"> = async (call, { challenge, credential }) => {
  const { store, clock } = call.ports;
  const counters = ipCounter(call.ip);
  const given = await findScope(call, challenge);
  const { wait, fresh, holder } = await store.transaction(async (transaction) => {
    const wait = await waitBefore(transaction, counters, clock.now());
    // One try, right or wrong: whoever comes second finds it used.
    const fresh =
      wait === null &&
      given !== undefined &&
      (await transaction.proofReplays.insertIfAbsent({ id: given.id, expiresAt: given.end }));
    return {
      wait,
      fresh,
      holder: fresh ? await findHolder(call, transaction, given.audience, credential.id) : undefined,
    };
  });
  refuseFor(wait);
  if (!fresh) throw new ApiProblem("challenge_expired");
  const judge =
    holder &&
    (await judgeAssertion(call, { ...holder, credential, challenge: asWebAuthnChallenge(challenge) }));

  const outcome = await call.transaction(async (transaction) => {
    const now = clock.now();
    if (holder) await transaction.lock(accountLock(holder.account.id));
    const account =
      holder &&
      (await transaction.accounts.get({
        id: holder.account.id,
        credentialVersion: holder.account.credentialVersion,
      }));
    const person = account && (await findPerson(transaction, account));
    const proof = person?.active ? await judge?.(transaction, now) : undefined;
    if (!account || !person || !proof) {
      const wait = await countFailure(transaction, counters, now);
      if (wait !== null) return { wait };
      await call.audit(transaction, {
        action: "auth.sign_in",
        result: "refused",
        targetType: "account",
        targetId: holder?.account.id ?? null,
        reason: "passkey_invalid",
      });
      return { wait: null };
    }
    await proof.use();
    return { account, entry: await enter(call, transaction, account, person, [...proof.amr, "mfa"]) };
  });
  if ("wait" in outcome) {
    refuseFor(outcome.wait);
    throw new ApiProblem("passkey_invalid");
  }
  return entryResult(call, outcome.account, outcome.entry);
};

interface Holder {
  readonly account: AccountRecord;
  readonly factor: FactorRecord;
}

/** Whose passkey it is, if that person signs in here: by this portal and on this side of it. */
async function findHolder(
  { institution }: Call,
  transaction: Transaction,
  audience: Audience,
  credentialId: string,
): Promise<Holder | undefined> {
  const factor = await transaction.factors.get({
    kind: "passkey",
    credentialId,
    confirmedAt: { not: null },
  });
  const account = factor && (await transaction.accounts.get({ id: factor.accountId, kind: audience }));
  if (!account || (account.kind === "staff" && account.institutionId !== institution.id)) return undefined;
  return { account, factor };
}

/** For which side a challenge of ours was given, and the id under which it is remembered as used. */
async function findScope(
  call: Call,
  challenge: string,
): Promise<{ audience: Audience; end: Date; id: string } | undefined> {
  const keys = await call.ports.keys.macs("nonce");
  for (const audience of AUDIENCES) {
    const end = await passkeyChallengeEnd(keys, challenge, scope(call, audience), call.ports.clock.now());
    if (end) return { audience, end, id: await sha256(`passkey:${challenge}`) };
  }
  return undefined;
}

const scope = ({ client }: Call, audience: Audience) => `${client.clientId}:${audience}`;
