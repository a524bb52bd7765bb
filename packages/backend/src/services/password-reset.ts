import { queueSecurityMail } from "./mail.ts";
import { setPasswordByToken } from "./password-token.ts";
import type { Service } from "./service.ts";

/**
 * Sets a new password by the token of a reset mail, and tells its owner.
 * @throws {token_invalid} @throws {weak_password} @throws {password_reused} @throws {rate_limited} @throws {overloaded}
 */
export const confirmPasswordReset: Service<"confirmPasswordReset"> = (call, input) =>
  setPasswordByToken(call, input, {
    purpose: "password_reset",
    action: "auth.password_reset",
    then: (transaction, account) => queueSecurityMail(call, transaction, account, "password_changed"),
  });
