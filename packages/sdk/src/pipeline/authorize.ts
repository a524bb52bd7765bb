import type { ClientRow } from "@welby/contract";
import type { Environment } from "../environment.ts";
import type { Settings } from "../options.ts";
import type { ServerClock } from "../session/clock-offset.ts";
import { createProof } from "../session/proof.ts";
import type { TransportResponse } from "../transport/transport.ts";

/** A proof this far from the server's time was refused for its time. */
const SKEW_MS = 5000;

/** The headers of one attempt that show who calls. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  /** Learns nonce and time from the answer. Says whether the same call, signed anew, may succeed. */
  learn(response: TransportResponse, code: string | undefined): boolean;
}

/** Signs an attempt; each attempt needs a signature of its own. */
export type Authorize = (
  operation: ClientRow,
  url: string,
  accessToken: string | undefined,
) => Promise<Authorization>;

/** One per client: nonces and time belong to one server. */
export function createAuthorize(
  { tokenBinding }: Pick<Settings, "tokenBinding">,
  environment: Pick<Environment, "uuid" | "now">,
  clock: ServerClock,
  keyPair: () => Promise<CryptoKeyPair>,
): Authorize {
  let nonce: string | undefined;

  return async ({ authentication, method, tag }, url, accessToken) => {
    const authorization =
      accessToken === undefined
        ? {}
        : { authorization: `${tokenBinding === "dpop" ? "DPoP" : "Bearer"} ${accessToken}` };
    // Public information is asked for without the device's key.
    const unsigned = tokenBinding === "bearer" || (authentication === "none" && tag !== "auth");
    const keys = unsigned ? undefined : await keyPair();
    const sentAt = environment.now();
    const issuedAt = Math.floor(clock.at(sentAt) / 1000);
    const proof = keys && {
      dpop: await createProof(keys, { method, url, issuedAt, id: environment.uuid(), nonce, accessToken }),
    };
    return {
      headers: { ...authorization, ...proof },
      learn({ headers }, code) {
        const fresh = headers["dpop-nonce"];
        if (fresh) nonce = fresh;
        clock.learn(headers["date"], sentAt);
        if (code === "use_dpop_nonce") return Boolean(fresh);
        return code === "invalid_dpop_proof" && Math.abs(clock.at(sentAt) - issuedAt * 1000) > SKEW_MS;
      },
    };
  };
}
