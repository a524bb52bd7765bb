import type { SignInStep } from "@welby/sdk";

type MfaStep = Extract<SignInStep, { status: "mfa_required" }>;

const unexpected = async (): Promise<never> => {
  throw new Error("This test asks for no other method");
};

/** The step that asks for a second factor; what a test does not bring is not expected to be used. */
export function mfaStep(parts: Pick<MfaStep, "verify"> & Partial<MfaStep>): MfaStep {
  return {
    status: "mfa_required",
    methods: ["totp"],
    sendCode: unexpected,
    passkeyOptions: unexpected,
    ...parts,
  };
}
