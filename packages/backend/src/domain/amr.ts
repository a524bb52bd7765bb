/** Authentication methods of a session (RFC 8176). `mfa` says that a second factor was shown, the others which. */
export type Amr = "pwd" | "otp" | "sms" | "hwk" | "swk" | "user" | "mfa";

/** Whether a session has shown a second factor. */
export function showedSecondFactor(amr: readonly string[]): boolean {
  return amr.includes("mfa");
}
