import { totpCode, totpStep } from "@welby/backend";
import { people, type DemoPerson, type PersonName } from "./people.ts";

interface Step {
  readonly status: string;
  verify?(input: { method: "totp"; code: string }): Promise<{ readonly status: string }>;
}

/** The part of a client of `@welby/sdk` that is needed here. */
export interface SignsIn {
  readonly auth: {
    signIn(input: { audience: "staff" | "patient"; loginId: string; password: string }): Promise<Step>;
  };
}

/**
 * Signs a client in as somebody of the demo, without a form: a real sign-in through the client, second factor included.
 * The client has to be made with the person's `clientId`.
 * @param now the service's time, for the authenticator's code; the computer's unless given
 * @throws whatever the client's sign-in throws
 * @example await signInAs(client, "admin");
 */
export async function signInAs(
  client: SignsIn,
  who: PersonName | DemoPerson,
  now: () => Date = () => new Date(),
): Promise<void> {
  const person: DemoPerson = typeof who === "string" ? people[who] : who;
  const { audience, loginId, password, totpSecret } = person;
  let step: { readonly status: string } & Partial<Step> = await client.auth.signIn({
    audience,
    loginId,
    password,
  });
  if (step.status === "mfa_required" && step.verify && totpSecret !== undefined) {
    step = await step.verify({ method: "totp", code: await totpCode(totpSecret, totpStep(now())) });
  }
  if (step.status !== "signed_in") throw new Error(`${person.name} is not signed in: ${step.status}`);
}
