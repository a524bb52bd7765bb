import type { PasskeyRequest } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import { PASSKEY_MS } from "../domain/passkey-challenge.ts";
import type { RelyingParty } from "../domain/passkey.ts";
import type { FactorRecord } from "../ports/records.ts";
import type { Call } from "./service.ts";

/** The portal as its passkeys know it. @throws {wrong_status} for a client without pages of its own */
export function relyingParty({ client }: Call): RelyingParty {
  if (client.rpId === null) throw new ApiProblem("wrong_status");
  return { rpId: client.rpId, origins: client.allowedOrigins };
}

/** What a passkey is asked to sign; any passkey of the portal's, unless some are named. */
export function passkeyRequest(
  call: Call,
  challenge: string,
  passkeys: readonly FactorRecord[],
): PasskeyRequest {
  return {
    challenge,
    rpId: relyingParty(call).rpId,
    timeout: PASSKEY_MS,
    allowCredentials: passkeys.map(describe),
    userVerification: "required",
  };
}

/** How a passkey is named to a browser. */
export function describe({ credentialId, transports }: FactorRecord) {
  return { id: credentialId ?? "", type: "public-key" as const, transports };
}
