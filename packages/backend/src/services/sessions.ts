import type { SessionGrant } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import { ACCESS_TOKEN_SEC, signAccessToken } from "../domain/access-token.ts";
import type { Amr } from "../domain/amr.ts";
import { deviceLabel } from "../domain/device-label.ts";
import { restrictionOf } from "../domain/restriction.ts";
import { newSecret, sha256 } from "../domain/secret.ts";
import { absoluteLifetimeMs, idleTimeoutSec } from "../domain/session-limits.ts";
import type { AccountRecord, SessionRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import type { Call } from "./service.ts";

/** A session just begun, with the only copy of its first refresh token. */
export interface OpenedSession {
  readonly session: SessionRecord;
  readonly refreshToken: string;
}

/** Begins a session for this device. A restricted one opens nothing but what it waits for and the sign-out. */
export async function openSession(
  call: Call,
  transaction: Transaction,
  account: AccountRecord,
  amr: readonly Amr[],
): Promise<OpenedSession> {
  const { clock, random } = call.ports;
  const now = clock.now();
  const session: SessionRecord = {
    id: random.uuid(),
    accountId: account.id,
    clientId: call.client.clientId,
    keyThumbprint: call.keyThumbprint,
    deviceLabel: deviceLabel(call.userAgent),
    authenticatedAt: now,
    amr: [...amr],
    createdAt: now,
    lastSeenAt: now,
    absoluteExpiresAt: new Date(now.getTime() + absoluteLifetimeMs(account.kind)),
    restriction: restrictionOf(account, call.institution, amr),
    endedAt: null,
    endReason: null,
  };
  const refreshToken = newSecret(random);
  await transaction.sessions.insert(session);
  await transaction.refreshTokens.insert({
    id: random.uuid(),
    sessionId: session.id,
    hash: await sha256(refreshToken),
    createdAt: now,
    usedAt: null,
    successorId: null,
  });
  return { session, refreshToken };
}

/** What the device gets. Signs with a key of the store, so it must not be called inside a transaction. */
export async function grantFor(
  call: Call,
  account: AccountRecord,
  { session, refreshToken }: OpenedSession,
): Promise<SessionGrant> {
  const { keys, clock, random } = call.ports;
  const accessToken = await signAccessToken(
    { keys, issuer: call.server.issuer, now: clock.now() },
    random.uuid(),
    {
      accountId: account.id,
      sessionId: session.id,
      clientId: session.clientId,
      institutionId: account.institutionId,
      authenticatedAt: session.authenticatedAt,
      amr: session.amr,
      keyThumbprint: session.keyThumbprint,
    },
  );
  return {
    accessToken,
    tokenType: session.keyThumbprint === null ? "Bearer" : "DPoP",
    expiresInSec: ACCESS_TOKEN_SEC,
    refreshToken,
    session: {
      id: session.id as SessionGrant["session"]["id"],
      authenticatedAt: formatJst(session.authenticatedAt),
      idleTimeoutSec: idleTimeoutSec(account.kind, call.institution),
      absoluteExpiresAt: formatJst(session.absoluteExpiresAt),
    },
  };
}

/**
 * Serialises what begins a session of an account with what ends all of them: without it a sign-in that read the account
 * before its password was changed could begin a session after the others were ended. Take it before reading the account.
 */
export const accountLock = (accountId: string) => `account:${accountId}`;

/** Ends every open session of an account, or all but one; their tokens are dead with the next request. */
export async function endSessions(
  transaction: Transaction,
  accountId: string,
  reason: string,
  now: Date,
  except?: string,
): Promise<number> {
  return transaction.sessions.update(
    { accountId, endedAt: null, ...(except !== undefined && { id: { not: except } }) },
    { endedAt: now, endReason: reason },
  );
}

/** Ends one session; true for the call that ended it. */
export async function endSession(
  transaction: Transaction,
  id: string,
  reason: string,
  now: Date,
): Promise<boolean> {
  return (
    (await transaction.sessions.update({ id, endedAt: null }, { endedAt: now, endReason: reason })) === 1
  );
}
