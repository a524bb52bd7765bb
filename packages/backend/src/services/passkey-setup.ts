import { base64url } from "jose";
import { ApiProblem } from "../domain/api-problem.ts";
import { PASSKEY_MS } from "../domain/passkey-challenge.ts";
import { ALGORITHMS, claimedChallenge, verifyNewPasskey } from "../domain/passkey.ts";
import { newSecret, sha256 } from "../domain/secret.ts";
import { UniqueViolation } from "../ports/store.ts";
import { mailAddress } from "./mail.ts";
import { auditStart, confirmFactor, lockOwnAccount, newFactor } from "./own-factors.ts";
import { describe, relyingParty } from "./relying-party.ts";
import type { Service } from "./service.ts";

/** What a device needs to make a passkey. @throws {limit_reached} @throws {wrong_status} */
export const startPasskey: Service<"startPasskey"> = (call) => {
  const { random, clock } = call.ports;
  const { rpId } = relyingParty(call);
  const challenge = newSecret(random);
  return call.transaction(async (transaction) => {
    const own = await lockOwnAccount(call, transaction);
    const { account, factors } = own;
    newFactor(call, own, { kind: "passkey" });
    const now = clock.now();
    const begun = { accountId: account.id, purpose: "passkey_registration" } as const;
    await transaction.oneTimeSecrets.delete(begun);
    await transaction.oneTimeSecrets.insert({
      ...begun,
      id: random.uuid(),
      hash: await sha256(challenge),
      credentialVersion: account.credentialVersion,
      data: { clientId: call.client.clientId },
      attempts: 0,
      createdAt: now,
      expiresAt: new Date(now.getTime() + PASSKEY_MS),
      usedAt: null,
    });
    await auditStart(call, transaction, "passkey");
    const name = (await mailAddress(transaction, account)) ?? call.actor.name;
    return {
      options: {
        challenge,
        rp: { id: rpId, name: call.institution.name },
        // The account's id says nothing about anybody, as WebAuthn demands of a user handle.
        user: { id: base64url.encode(account.id), name, displayName: call.actor.name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key" as const, alg })),
        timeout: PASSKEY_MS,
        excludeCredentials: factors.filter(({ kind }) => kind === "passkey").map(describe),
        authenticatorSelection: {
          residentKey: "required" as const,
          requireResidentKey: true,
          userVerification: "required" as const,
        },
        attestation: "none" as const,
      },
    };
  });
};

/** Keeps a passkey that a device made. @throws {passkey_invalid} @throws {challenge_expired} @throws {limit_reached} */
export const addPasskey: Service<"addPasskey"> = async (call, { label, credential }) => {
  const { accountId } = call.actor;
  const challenge = claimedChallenge(credential.response.clientDataJSON);
  const hash = await sha256(challenge);
  const passkey = await verifyNewPasskey(relyingParty(call), challenge, credential);
  try {
    const outcome = await call.transaction(async (transaction) => {
      const own = await lockOwnAccount(call, transaction);
      const now = call.ports.clock.now();
      const secret = await transaction.oneTimeSecrets.get({
        accountId,
        purpose: "passkey_registration",
        hash,
        credentialVersion: own.account.credentialVersion,
        usedAt: null,
        expiresAt: { after: now },
      });
      if (!secret || secret.data["clientId"] !== call.client.clientId) return "challenge_expired";
      // One try, right or wrong.
      await transaction.oneTimeSecrets.update({ id: secret.id }, { usedAt: now });
      if (!passkey) {
        await call.audit(transaction, {
          action: "account.factor_added",
          result: "refused",
          targetType: "account",
          targetId: accountId,
          reason: "passkey_invalid",
          details: { kind: "passkey" },
        });
        return "passkey_invalid";
      }
      const transports = credential.response.transports ?? [];
      const factor = newFactor(call, own, { kind: "passkey", label, ...passkey, transports });
      await transaction.factors.insert(factor);
      return confirmFactor(call, transaction, own, factor, {
        amr: [passkey.backupEligible ? "swk" : "hwk", "user"],
      });
    });
    if (typeof outcome === "string") throw new ApiProblem(outcome);
    return outcome;
  } catch (error) {
    // Somebody has it already: a device makes a new one each time.
    if (error instanceof UniqueViolation) throw new ApiProblem("passkey_invalid");
    throw error;
  }
};
