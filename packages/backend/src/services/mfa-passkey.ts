import { ApiProblem } from "../domain/api-problem.ts";
import { findChallenge } from "./challenge.ts";
import { confirmedFactors } from "./factors.ts";
import { mfaPasskeyChallenge } from "./passkey-judge.ts";
import { passkeyRequest } from "./relying-party.ts";
import type { Service } from "./service.ts";

/** What a passkey has to sign as a second factor. @throws {challenge_expired} @throws {wrong_status} without a passkey */
export const startMfaPasskey: Service<"startMfaPasskey"> = async (call, { challenge }) => {
  const passkeys = await call.transaction(async (transaction) => {
    const found = await findChallenge(call, transaction, challenge);
    if (!found) throw new ApiProblem("challenge_expired");
    const factors = await confirmedFactors(transaction, found.account.id);
    return factors.filter(({ kind }) => kind === "passkey");
  });
  if (passkeys.length === 0) throw new ApiProblem("wrong_status");
  return { options: passkeyRequest(call, await mfaPasskeyChallenge(challenge), passkeys) };
};
