import type { PasskeyAssertion } from "@welby/contract/schemas";
import { base64url } from "jose";
import { sha256 } from "../domain/secret.ts";
import { verifyAssertion } from "../domain/passkey.ts";
import type { AccountRecord, FactorRecord } from "../ports/records.ts";
import { queueSecurityMail } from "./mail.ts";
import { relyingParty } from "./relying-party.ts";
import type { Call } from "./service.ts";
import type { Judge, ShownInput } from "./shown-factor.ts";

/** What a passkey signs as a second factor: derived from the challenge of the sign-in, and as short-lived and single-use as that one. */
export function mfaPasskeyChallenge(challenge: string): Promise<string> {
  return sha256(`passkey:${challenge}`);
}

/** Whether a passkey of the account signed for this challenge. */
export async function passkeyJudge(
  call: Call,
  account: AccountRecord,
  { challenge, credential }: ShownInput,
): Promise<Judge> {
  const factor =
    credential &&
    (await call.ports.store.transaction((transaction) =>
      transaction.factors.get({
        accountId: account.id,
        kind: "passkey",
        credentialId: credential.id,
        confirmedAt: { not: null },
      }),
    ));
  if (!credential || !factor || call.client.rpId === null) return async () => undefined;
  return judgeAssertion(call, {
    account,
    factor,
    credential,
    challenge: await mfaPasskeyChallenge(challenge),
  });
}

/** Judges a signature by one passkey. */
export async function judgeAssertion(
  call: Call,
  shown: {
    readonly account: AccountRecord;
    readonly factor: FactorRecord;
    readonly credential: PasskeyAssertion;
    /** As the passkey was given it. */
    readonly challenge: string;
  },
): Promise<Judge> {
  const { account, factor, credential, challenge } = shown;
  const { id, credentialId, publicKey } = factor;
  const { userHandle } = credential.response;
  const own = userHandle == null || userHandle === base64url.encode(account.id);
  const verified =
    own && credentialId !== null && publicKey !== null
      ? await verifyAssertion(relyingParty(call), challenge, { id: credentialId, publicKey }, credential)
      : undefined;
  if (!verified) return async () => undefined;
  const { signCount, backedUp } = verified;
  return async (transaction, now) => {
    const current = await transaction.factors.get({ id, accountId: account.id });
    if (!current) return undefined;
    const last = current.signCount ?? 0;
    // A counter that does not rise (0 means that there is none) is that of a copy, or the original after its copy was used.
    if ((signCount > 0 || last > 0) && signCount <= last) {
      await queueSecurityMail(call, transaction, account, "passkey_refused");
      await call.audit(transaction, {
        action: "auth.passkey_refused",
        result: "refused",
        targetType: "factor",
        targetId: id,
        reason: "sign_count",
      });
      return undefined;
    }
    const changes = { signCount, backedUp, lastUsedAt: now };
    return {
      // A passkey that leaves its device is kept by software.
      amr: [current.backupEligible ? "swk" : "hwk", "user"],
      use: () => transaction.factors.update({ id }, changes),
    };
  };
}
