import type { ErrorCode } from "@welby/contract/errors";
import type { SessionGrant } from "@welby/contract/schemas";
import type { Environment } from "../environment.ts";
import { isWelbyError, type WelbyError } from "../errors/welby-error.ts";
import type { SendOptions } from "../pipeline/send.ts";
import type { SessionStore, StoredSession } from "../stores/store.ts";
import type { ServerClock } from "./clock-offset.ts";
import { grantToSession } from "./grant.ts";
import type { Exclusively } from "./lock.ts";

/** Calls one of the operations that carry the refresh token. */
export type Post = (
  id: "refreshToken" | "reauthenticate" | "signOut",
  input: Readonly<Record<string, string>>,
  options: SendOptions,
) => Promise<unknown>;

/** Repeats have to reach the server within the ten seconds in which it answers the old token with the same new one. */
const WITHIN_GRACE: SendOptions = { attemptMs: 4000, totalMs: 9000, repeatable: true };
/** A person who signs out does not wait for a dead network. */
const SIGN_OUT: SendOptions = { attemptMs: 4000, totalMs: 5000, repeatable: true };

export interface RefreshParts {
  readonly environment: Pick<Environment, "now" | "onOnline">;
  readonly clock: ServerClock;
  readonly store: SessionStore;
  readonly tokenBinding: "dpop" | "bearer";
  readonly post: Post;
  readonly fail: (code: ErrorCode) => Promise<WelbyError>;
  readonly warn: (message: string, code: string) => void;
  readonly exclusively: Exclusively;
}

/** What the store holds now, and whether this page wrote it. */
export interface Exchanged {
  readonly session: StoredSession;
  readonly written: boolean;
}

/** Trades in the refresh token, one tab at a time, and never with a token that was already used. */
export function createRefresh({
  environment,
  clock,
  store,
  tokenBinding,
  post,
  fail,
  warn,
  exclusively,
}: RefreshParts) {
  const pending = new Set<() => void>();

  return {
    /**
     * Trades the stored refresh token for a new pair. With `refused` it is enough that the store holds another access
     * token by now: another tab was quicker.
     */
    exchange: (
      id: "refreshToken" | "reauthenticate",
      input: Readonly<Record<string, string>>,
      refused?: string,
    ): Promise<Exchanged> =>
      exclusively(async () => {
        const stored = await store.read();
        if (!stored) throw await fail("unauthenticated");
        if (refused !== undefined && stored.accessToken !== refused)
          return { session: stored, written: false };
        let grant: SessionGrant;
        try {
          grant = (await post(
            id,
            { refreshToken: stored.refreshToken, ...input },
            WITHIN_GRACE,
          )) as SessionGrant;
        } catch (error) {
          // A tab that could not wait for the lock may have traded it meanwhile.
          const now = await store.read();
          if (
            now &&
            now.revision !== stored.revision &&
            now.sessionId === stored.sessionId &&
            id === "refreshToken"
          )
            return { session: now, written: false };
          throw error;
        }
        // A server, or somebody in between, that hands out unbound tokens is not trusted with a session.
        if (tokenBinding === "dpop" && grant.tokenType !== "DPoP") throw await fail("protocol_error");
        const next = grantToSession(grant, {
          restriction: stored.restriction,
          after: stored.revision,
          clock,
          environment,
        });
        if (await store.write(next, stored.revision)) return { session: next, written: true };
        // Late: somebody signed out or in meanwhile, and that stands.
        const winner = await store.read();
        if (!winner) throw await fail("unauthenticated");
        return { session: winner, written: false };
      }),

    /** Tells the server that a session is over; when it cannot be reached, once more when the network is back. */
    async revoke(refreshToken: string, scope: "session" | "all"): Promise<void> {
      const tell = () => post("signOut", { refreshToken, scope }, SIGN_OUT);
      try {
        await tell();
      } catch (error) {
        // A refused token belongs to a session that is over already.
        if (!isWelbyError(error) || error.status === 401) return;
        warn("sign-out did not reach the server", error.code);
        const stop = environment.onOnline(() => {
          stop();
          pending.delete(stop);
          tell().catch(() => {});
        });
        pending.add(stop);
        // Here the person is signed out; only that other devices still are not is worth an error.
        if (scope === "all") throw error;
      }
    },

    dispose(): void {
      for (const stop of pending) stop();
    },
  };
}
