import type { ErrorCode } from "@welby/contract/errors";
import type { SessionGrant, SignInResult } from "@welby/contract/schemas";
import type { WelbyError } from "../errors/welby-error.ts";
import { Interruption, race } from "../pipeline/interruption.ts";
import type { resource as secondFactor } from "../resources/second-factor.ts";
import type { Restriction } from "../stores/store.ts";
import type { AuthResource, CallOptions, SignInStep } from "../types.ts";
import type { Session } from "./session.ts";

/** The way in by a password; the other ways go on with `step`. */
export interface SignIn extends Pick<
  AuthResource,
  "signIn" | "setInitialPassword" | "reauthenticate" | "signOut"
> {
  /** Takes over what an answer hands out, and says what comes next. */
  step(answer: unknown): Promise<SignInStep>;
}

export interface SignInParts {
  readonly send: (
    id: "signIn" | "setInitialPassword",
    input: unknown,
    options: CallOptions | undefined,
  ) => Promise<unknown>;
  readonly secondFactor: () => Promise<ReturnType<typeof secondFactor>>;
  readonly session: Session;
  readonly tokenBinding: "dpop" | "bearer";
  readonly fail: (code: ErrorCode) => Promise<WelbyError>;
}

/** Sign-in as steps: each answer says what comes next, and carries the function that does it. */
export function createSignIn({ send, secondFactor, session, tokenBinding, fail }: SignInParts): SignIn {
  async function begin(
    grant: SessionGrant,
    restriction: Restriction | null,
    replaces: "nothing" | "previous",
  ): Promise<void> {
    if (tokenBinding === "dpop" && grant.tokenType !== "DPoP") throw await fail("protocol_error");
    await session.begin(grant, restriction, replaces);
  }

  async function step(answer: unknown, replaces: "nothing" | "previous" = "previous"): Promise<SignInStep> {
    const { status } = answer as SignInResult;
    await session.ready();
    if (status === "signed_in") {
      const { grant, lastSignInAt } = await complete<"signed_in">(answer, "grant");
      await begin(grant, null, replaces);
      return { status: "signed_in", lastSignInAt };
    }
    if (status === "password_change_required") {
      const { grant } = await complete<"password_change_required">(answer, "grant");
      await begin(grant, "password_change", replaces);
      return { status: "password_change_required", setPassword: setInitialPassword };
    }
    if (status === "mfa_enrollment_required") {
      const { grant } = await complete<"mfa_enrollment_required">(answer, "grant");
      await begin(grant, "mfa_enrollment", replaces);
      return { status: "mfa_enrollment_required" };
    }
    if (status === "mfa_required") {
      // The challenge stays in this closure: a step may be logged or put into an event.
      const { challenge, methods } = await complete<"mfa_required">(answer, "challenge");
      return {
        status: "mfa_required",
        methods,
        sendCode: async (options) => (await secondFactor()).sendCode(challenge, options),
        passkeyOptions: async (options) => (await secondFactor()).passkeyOptions(challenge, options),
        verify: async (answer, options) => (await secondFactor()).verify(challenge, answer, options),
      };
    }
    return { status: "unknown", serverStatus: status };
  }

  /** A known status without its fields was read as an unknown one. */
  async function complete<S extends SignInResult["status"]>(
    answer: unknown,
    field: string,
  ): Promise<Extract<SignInResult, { status: S }>> {
    if (!Object.hasOwn(answer as object, field)) throw await fail("protocol_error");
    return answer as Extract<SignInResult, { status: S }>;
  }

  async function setInitialPassword(newPassword: string, options?: CallOptions): Promise<SignInStep> {
    // The server ends the restricted session itself.
    return step(await send("setInitialPassword", { newPassword }, options), "nothing");
  }

  /** The caller may stop waiting; the work goes on, or a session would be lost between two tokens. */
  async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (!signal) return work;
    try {
      return await race(work, signal);
    } catch (error) {
      throw error instanceof Interruption ? await fail("aborted") : error;
    }
  }

  return {
    signIn: async (input, options) => step(await send("signIn", input, options)),
    setInitialPassword,
    reauthenticate: (password, options) => orAborted(session.reauthenticate(password), options?.signal),
    signOut: (options) => orAborted(session.signOut(options?.scope ?? "session"), options?.signal),
    step: (answer) => step(answer),
  };
}
