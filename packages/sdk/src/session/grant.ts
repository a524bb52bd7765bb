import type { SessionGrant } from "@welby/contract/schemas";
import type { Environment } from "../environment.ts";
import type { Restriction, StoredSession } from "../stores/store.ts";
import type { ServerClock } from "./clock-offset.ts";

export interface GrantContext {
  readonly restriction: Restriction | null;
  /** The revision that it follows. */
  readonly after: number | undefined;
  readonly clock: Pick<ServerClock, "now">;
  readonly environment: Pick<Environment, "now">;
}

/** What the server handed out, as it is stored. */
export function grantToSession(
  { accessToken, expiresInSec, refreshToken, session }: SessionGrant,
  { restriction, after = 0, clock, environment }: GrantContext,
): StoredSession {
  return {
    accessToken,
    accessExpiresAt: clock.now() + expiresInSec * 1000,
    refreshToken,
    sessionId: session.id,
    authenticatedAt: session.authenticatedAt,
    idleTimeoutSec: session.idleTimeoutSec,
    absoluteExpiresAt: session.absoluteExpiresAt,
    restriction,
    // Never a number that was used before, also not by a session that was cleared in between.
    revision: Math.max(after + 1, Math.floor(environment.now())),
  };
}
