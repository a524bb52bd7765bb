import {
  changePassword,
  confirmEmailChange,
  endSession,
  listSessions,
  requestEmailChange,
  updateMe,
  withdraw,
} from "@welby/contract/operations/account";
import type { MeResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** The own account, apart from the question who is signed in, which every page asks. */
export const resource = ({ call, signOut }: Caller): Loaded<Omit<MeResource, "get">> => ({
  update: (input, options) => call(updateMe, input, options),
  changePassword: (input, options) => call(changePassword, input, options),
  requestEmailChange: (input, options) => call(requestEmailChange, input, options),
  confirmEmailChange: (token, options) => call(confirmEmailChange, { token }, options),
  async withdraw(input, options) {
    await call(withdraw, input, options);
    await signOut();
  },
  listSessions: async (options) => (await call(listSessions, {}, options)).items,
  endSession: (sessionId, options) => call(endSession, { sessionId }, options),
});
