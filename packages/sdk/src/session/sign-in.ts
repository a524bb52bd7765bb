import type { ErrorCode } from "@welby/contract/errors";
import type { SessionGrant, SignInResult } from "@welby/contract/schemas";
import type { WelbyError } from "../errors/welby-error.ts";
import { Interruption, race } from "../pipeline/interruption.ts";
import type { AuthResource, CallOptions, SignInStep } from "../types.ts";
import type { Session } from "./session.ts";

type AuthOperationId =
  "signIn" | "verifyMfa" | "setInitialPassword" | "requestPasswordReset" | "confirmPasswordReset";

export interface AuthParts {
  readonly send: (id: AuthOperationId, input: unknown, options: CallOptions | undefined) => Promise<unknown>;
  readonly session: Session;
  readonly tokenBinding: "dpop" | "bearer";
  readonly fail: (code: ErrorCode) => Promise<WelbyError>;
}

/** Sign-in as steps: each answer says what comes next, and carries the function that does it. */
export function createAuth({ send, session, tokenBinding, fail }: AuthParts): AuthResource {
  async function begin(
    grant: SessionGrant,
    restricted: boolean,
    replaces: "nothing" | "previous",
  ): Promise<void> {
    if (tokenBinding === "dpop" && grant.tokenType !== "DPoP") throw await fail("protocol_error");
    await session.begin(grant, restricted, replaces);
  }

  async function step(answer: unknown, replaces: "nothing" | "previous" = "previous"): Promise<SignInStep> {
    const { status } = answer as SignInResult;
    await session.ready();
    if (status === "signed_in") {
      const { grant, lastSignInAt } = await complete<"signed_in">(answer, "grant");
      await begin(grant, false, replaces);
      return { status: "signed_in", lastSignInAt };
    }
    if (status === "password_change_required") {
      const { grant } = await complete<"password_change_required">(answer, "grant");
      await begin(grant, true, replaces);
      return { status: "password_change_required", setPassword: setInitialPassword };
    }
    if (status === "mfa_required") {
      // The challenge stays in this closure: a step may be logged or put into an event.
      const { challenge, methods } = await complete<"mfa_required">(answer, "challenge");
      return {
        status: "mfa_required",
        methods,
        verify: async ({ method, code }, options) =>
          step(await send("verifyMfa", { challenge, method, code }, options)),
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
    async requestPasswordReset(input, options) {
      await send("requestPasswordReset", input, options);
    },
    async confirmPasswordReset(input, options) {
      await send("confirmPasswordReset", input, options);
    },
  };
}
