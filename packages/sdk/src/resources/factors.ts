import {
  addPasskey,
  confirmSms,
  confirmTotp,
  createRecoveryCodes,
  listFactors,
  removeFactor,
  startPasskey,
  startSms,
  startTotp,
} from "@welby/contract/operations/factors";
import type { Factor } from "@welby/contract/schemas";
import type { FactorsResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** The person's own second factors. */
export function resource({ call, enrolled }: Caller): Loaded<FactorsResource> {
  /** A first factor opens the session that waited for it. */
  async function opening(factor: Promise<Factor>): Promise<Factor> {
    const confirmed = await factor;
    await enrolled();
    return confirmed;
  }

  return {
    list: (options) => call(listFactors, {}, options),
    startTotp: (options) => call(startTotp, {}, options),
    confirmTotp: (code, options) => opening(call(confirmTotp, { code }, options)),
    startSms: (phone, options) => call(startSms, { phone }, options),
    confirmSms: (code, options) => opening(call(confirmSms, { code }, options)),
    startPasskey: async (options) => (await call(startPasskey, {}, options)).options,
    addPasskey: (input, options) => opening(call(addPasskey, input, options)),
    remove: (factorId, options) => call(removeFactor, { factorId }, options),
    createRecoveryCodes: async (options) => (await call(createRecoveryCodes, {}, options)).codes,
  };
}
