import { matchTotp, newTotpSecret, totpUri } from "../domain/totp.ts";
import { confirmByCode } from "./confirm-by-code.ts";
import { mailAddress } from "./mail.ts";
import { beginFactor, lockOwnAccount } from "./own-factors.ts";
import type { Service } from "./service.ts";

/** A secret for an authenticator app, shown this once. @throws {limit_reached} */
export const startTotp: Service<"startTotp"> = (call) => {
  const secret = newTotpSecret(call.ports.random);
  return call.transaction(async (transaction) => {
    const own = await lockOwnAccount(call, transaction);
    await beginFactor(call, transaction, own, { kind: "totp", totpSecret: secret });
    const name = (await mailAddress(transaction, own.account)) ?? call.actor.name;
    return { secret, uri: totpUri(secret, call.institution.name, name) };
  });
};

/**
 * The first code of the app. Its step counts once here too: the code that set the app up signs nobody in.
 * @throws {mfa_invalid} @throws {challenge_expired} @throws {rate_limited}
 */
export const confirmTotp: Service<"confirmTotp"> = (call, { code }) =>
  confirmByCode(call, "totp", async (_transaction, { factor }, now) => {
    const { totpSecret } = factor;
    const step = totpSecret === null ? undefined : await matchTotp(totpSecret, code, now, null);
    return step === undefined ? undefined : { totpLastStep: step, amr: ["otp"] };
  });
