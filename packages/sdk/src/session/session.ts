import type { ErrorCode } from "@welby/contract/errors";
import type { SessionGrant } from "@welby/contract/schemas";
import type { Environment } from "../environment.ts";
import type { WelbyError } from "../errors/welby-error.ts";
import { Interruption } from "../pipeline/interruption.ts";
import type { Restriction, SessionStore, StoredSession } from "../stores/store.ts";
import type { ClientEvents, SessionReason, SessionState } from "../types.ts";
import type { ServerClock } from "./clock-offset.ts";
import { grantToSession } from "./grant.ts";
import { createIdleClock } from "./idle.ts";
import { createLock } from "./lock.ts";
import type { Marker } from "./marker.ts";
import { createRefresh, type Post } from "./refresh.ts";
import { restoreSession } from "./restore.ts";
import { openTabs } from "./tabs.ts";

export interface SessionParts {
  readonly environment: Environment;
  readonly clock: ServerClock;
  readonly store: SessionStore;
  /** Only for the origin store: its tokens do not outlive the browser. */
  readonly marker: Marker | undefined;
  /** Names this client's lock and channel. */
  readonly scope: string;
  readonly tokenBinding: "dpop" | "bearer";
  readonly post: Post;
  readonly fail: (code: ErrorCode) => Promise<WelbyError>;
  readonly emit: (detail: ClientEvents["session"]) => void;
  readonly warn: (message: string, code: string) => void;
}

/** Longest wait for another tab's refresh. */
const LOCK_WAIT_MS = 5000;

/** A store that does not answer keeps nobody signed in on the screen. */
const CLEAR_WAIT_MS = 1000;

/** The session of one client: what is known of it here, kept in step with the store and the other tabs. */
export type Session = ReturnType<typeof createSession>;

export function createSession(parts: SessionParts) {
  const { environment, clock, store, marker, scope, fail, emit } = parts;
  let current: StoredSession | null = null;
  let state: SessionState = "loading";
  let life = new AbortController();
  let disposed = false;

  const tabs = openTabs(environment, `welby:${scope}`, (event) => {
    if (event === "anyone") {
      if (current) tabs.tell("here");
    } else if (event === "active") idle.usedElsewhere();
    else recheck().catch(ignore);
  });
  const idle = createIdleClock(environment, () => tabs.tell("active"));
  const stopListening = environment.onResume(() => void recheck().catch(ignore));
  const refresh = createRefresh({
    ...parts,
    exclusively: createLock(environment, `welby:${scope}`, LOCK_WAIT_MS),
  });

  /** Waits for work that never fails, but not for ever. */
  const atMost = (ms: number, work: Promise<unknown>) =>
    new Promise<void>((resolve) => {
      const stop = environment.startTimer(resolve, ms);
      work.then(stop, stop).then(resolve, resolve);
    });

  /** The only place where the state changes. */
  function become(next: StoredSession | null, reason: SessionReason, force?: SessionState): void {
    if (disposed) return;
    const before = state;
    const another = current?.sessionId !== next?.sessionId;
    if (current && another) {
      // What is under way belongs to the person who left.
      life.abort(
        new Interruption(
          reason === "refresh_reused"
            ? "refresh_reused"
            : reason === "expired"
              ? "session_expired"
              : "unauthenticated",
        ),
      );
      life = new AbortController();
    }
    current = next;
    if (next) marker?.set(next.sessionId);
    else marker?.remove();
    state =
      force ??
      (next === null
        ? "signed_out"
        : next.restriction === null
          ? "signed_in"
          : `${next.restriction}_required`);
    if (another && next) idle.usedElsewhere();
    if (state !== before || another || reason === "reauthenticated") emit({ state, reason });
  }

  let restored: Promise<void> | undefined;
  /** Reads the store once, before anything else is done. */
  const loaded = () =>
    (restored ??= restoreSession(store, marker, tabs).then((found) => {
      if (state === "loading") become(found, "restored");
    }));

  /** Looks into the store again: another tab changed it, or says so. */
  async function recheck(): Promise<void> {
    if (state === "loading") return;
    const before = current;
    const stored = await store.read();
    // Something happened here meanwhile; what was read may be older.
    if (current !== before) return recheck();
    if (stored?.revision !== current?.revision)
      become(stored, unlocks(stored) ? "reauthenticated" : "other_tab");
  }

  /** A locked session gets new tokens only from the password. */
  function unlocks(stored: StoredSession | null): boolean {
    return state === "locked" && stored?.sessionId === current?.sessionId;
  }

  /** The server says that the session is over. */
  async function end(
    reason: "expired" | "refresh_reused",
    ended: StoredSession | null = current,
  ): Promise<void> {
    const stored = await store.read();
    // Somebody has signed in since, perhaps in another tab: theirs stays.
    if (stored && ended && stored.sessionId !== ended.sessionId) return recheck();
    await store.clear();
    become(null, reason);
    tabs.tell("changed");
  }

  /** Draws the consequences of a code for the session. */
  async function hear(code: string): Promise<void> {
    if (code === "session_locked" && current) become(current, "locked", "locked");
    else if (code === "session_expired") await end("expired");
    else if (code === "refresh_reused") await end("refresh_reused");
  }

  /** Trades the refresh token; a code that ends the session ends it here. */
  async function trade(...request: Parameters<typeof refresh.exchange>): Promise<StoredSession> {
    const before = current;
    try {
      const { session, written } = await refresh.exchange(...request);
      if (written) tabs.tell("changed");
      return session;
    } catch (error) {
      const { code } = error as WelbyError;
      // Gone from the store: signed out elsewhere. Unknown to the server: over.
      if (code === "unauthenticated") await ((await store.read()) ? end("expired", before) : recheck());
      else await hear(code);
      throw error;
    }
  }

  let renewing: Promise<StoredSession> | undefined;
  /** One refresh for all calls whose token was refused. */
  async function renew(refused: string): Promise<string> {
    if (current && current.accessToken !== refused) return current.accessToken;
    renewing ??= trade("refreshToken", {}, refused)
      .then((next) => {
        become(next, "other_tab");
        return next;
      })
      .finally(() => (renewing = undefined));
    return (await renewing).accessToken;
  }

  return {
    state: () => state,
    signal: () => life.signal,
    secrets: () => (current ? [current.accessToken, current.refreshToken] : []),
    timeLeft: () => (current ? (state === "locked" ? 0 : idle.timeLeft(current.idleTimeoutSec)) : null),
    async ready(): Promise<SessionState> {
      await loaded();
      return state;
    },

    async accessToken(): Promise<string> {
      await loaded();
      if (state === "locked") await recheck();
      if (!current) throw await fail("unauthenticated");
      if (state === "locked") throw await fail("session_locked");
      return clock.now() < current.accessExpiresAt ? current.accessToken : renew(current.accessToken);
    },
    renew,

    async reauthenticate(password: string): Promise<void> {
      await loaded();
      if (!current) throw await fail("unauthenticated");
      const next = await trade("reauthenticate", { password });
      become(next, "reauthenticated");
      idle.used();
    },

    /** Takes over what a sign-in handed out. The session that it replaces is ended at the server too. */
    async begin(
      grant: SessionGrant,
      restriction: Restriction | null,
      replaces: "nothing" | "previous" = "previous",
    ): Promise<void> {
      await loaded();
      let previous: StoredSession | null;
      let next: StoredSession;
      // Another tab may write in between; a store that refuses for ever is not waited for.
      let tries = 0;
      do {
        previous = await store.read();
        next = grantToSession(grant, { restriction, after: previous?.revision, clock, environment });
      } while (!(await store.write(next, previous?.revision ?? null)) && (tries += 1) < 10);
      become(next, "signed_in");
      tabs.tell("changed");
      if (previous && replaces === "previous" && previous.sessionId !== next.sessionId)
        refresh.revoke(previous.refreshToken, "session").catch(ignore);
    },

    /** A second factor was set up: a session that waited for it is a full one, with the same tokens. */
    async enrolled(): Promise<void> {
      let stored = await store.read();
      // Another tab may refresh in between.
      for (let tries = 0; stored?.restriction === "mfa_enrollment" && tries < 10; tries += 1) {
        const next = { ...stored, restriction: null, revision: stored.revision + 1 };
        if (await store.write(next, stored.revision)) {
          become(next, "signed_in");
          return tabs.tell("changed");
        }
        stored = await store.read();
      }
      await recheck();
    },

    async signOut(scope: "session" | "all"): Promise<void> {
      await loaded();
      const ended = current ?? (await store.read());
      const told = ended ? refresh.revoke(ended.refreshToken, scope) : Promise.resolve();
      told.catch(ignore);
      // The event comes after the tokens are gone: a page that leaves on it would cut the deletion off.
      await atMost(CLEAR_WAIT_MS, store.clear());
      // Somebody may have signed in meanwhile; their session stays.
      if (!current || current.sessionId === ended?.sessionId) become(null, "signed_out");
      tabs.tell("changed");
      await told;
    },

    /** Hears of every answer to a signed-in call: null for success, otherwise its code. */
    answered(code: string | null): void {
      if (code === null) idle.used();
      else hear(code).catch(ignore);
    },

    dispose(): void {
      disposed = true;
      stopListening();
      refresh.dispose();
      tabs.close();
    },
  };
}

function ignore(): void {
  // The store never rejects (it falls back to memory), and nobody waits for this.
}
