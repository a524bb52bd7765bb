import { setPasswordByToken } from "./password-token.ts";
import type { Service } from "./service.ts";

/**
 * Sets the first password by the link of an invitation, which makes the invited member an active one.
 * @throws {token_invalid} @throws {weak_password} @throws {rate_limited} @throws {overloaded}
 */
export const confirmInvitation: Service<"confirmInvitation"> = (call, input) =>
  setPasswordByToken(call, input, { purpose: "invitation", action: "auth.invitation_confirmed" });
