import { matchTotp } from "../domain/totp.ts";
import type { AccountRecord } from "../ports/records.ts";
import { confirmedFactors } from "./factors.ts";
import type { Call } from "./service.ts";
import type { Judge, ShownInput } from "./shown-factor.ts";

/** Whether a typed code belongs to one of the account's authenticator apps, and to a time step that was not used there yet. */
export const totpJudge =
  (_call: Call, account: AccountRecord, { code = "" }: ShownInput): Judge =>
  async (transaction, now) => {
    for (const factor of await confirmedFactors(transaction, account.id)) {
      const { id, totpSecret, totpLastStep } = factor;
      const step = totpSecret === null ? undefined : await matchTotp(totpSecret, code, now, totpLastStep);
      if (step === undefined) continue;
      const changes = { totpLastStep: step, lastUsedAt: now };
      return { amr: ["otp"], use: () => transaction.factors.update({ id }, changes) };
    }
    return undefined;
  };
