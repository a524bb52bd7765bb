import type { ErrorCode } from "@welby/contract";
import { hmac, sha256 } from "../domain/secret.ts";
import { idleTimeoutSec, sessionCondition, type SessionCondition } from "../domain/session-limits.ts";
import type { AccountRecord, RefreshTokenRecord, SessionRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { queueSecurityMail } from "./mail.ts";
import { findPerson, type Person } from "./person.ts";
import type { Call } from "./service.ts";
import { endSession } from "./sessions.ts";

/** A lost answer may be asked for again this long. */
const GRACE_MS = 10_000;

/** A refresh token with all it stands for. */
export interface HeldToken {
  /** False when it comes from another client or without the key that it is bound to. */
  readonly own: boolean;
  readonly token: RefreshTokenRecord;
  readonly session: SessionRecord;
  readonly account: AccountRecord;
  readonly person: Person;
  readonly condition: SessionCondition;
}

/** Finds a refresh token; undefined when it is unknown. */
export async function findToken(
  call: Call,
  transaction: Transaction,
  hash: string,
): Promise<HeldToken | undefined> {
  const token = await transaction.refreshTokens.get({ hash });
  const session = token && (await transaction.sessions.get({ id: token.sessionId }));
  const account = session && (await transaction.accounts.get({ id: session.accountId }));
  const person = account && (await findPerson(transaction, account));
  if (!token || !session || !account || !person) return undefined;
  const own =
    session.clientId === call.client.clientId &&
    session.keyThumbprint === call.keyThumbprint &&
    (account.institutionId === null || account.institutionId === call.institution.id);
  const idleSec = idleTimeoutSec(account.kind, call.institution);
  // Whoever may not enter any more has no session either, whatever its row says.
  const condition = person.active ? sessionCondition(session, idleSec, call.ports.clock.now()) : "expired";
  return { own, token, session, account, person, condition };
}

/** The same, but a stolen token without its key is as unknown as an invented one. */
export async function findOwnToken(
  call: Call,
  transaction: Transaction,
  hash: string,
): Promise<HeldToken | undefined> {
  const found = await findToken(call, transaction, hash);
  return found?.own ? found : undefined;
}

/**
 * The token after a token: derived, so that a repeated request gets the same one and none is kept in the clear.
 * The first is the one to give out; the others are what other keys made of it, should the key have changed since.
 */
export async function successorSecrets(call: Call, tokenId: string): Promise<readonly [string, ...string[]]> {
  const [key, ...others] = await call.ports.keys.macs("refresh");
  const derive = (one: CryptoKey) => hmac(one, `refresh-successor:${tokenId}`);
  return [await derive(key), ...(await Promise.all(others.map(derive)))];
}

export type Rotation = { readonly refreshToken: string } | { readonly refused: ErrorCode };

/**
 * Replaces a token by its successor in one guarded update. A token that was used already is either a repeated request
 * (same device, within the grace, successor untouched) or reuse, which ends the whole lineage with its session.
 */
export async function rotate(
  call: Call,
  transaction: Transaction,
  held: HeldToken,
  successors: readonly [string, ...string[]],
): Promise<Rotation> {
  const { token, session } = held;
  const now = call.ports.clock.now();
  const successorId = call.ports.random.uuid();
  const mine = await transaction.refreshTokens.update(
    { id: token.id, usedAt: null },
    { usedAt: now, successorId },
  );
  const [successor] = successors;
  if (mine === 1) {
    const hash = await sha256(successor);
    await transaction.refreshTokens.insert({
      id: successorId,
      sessionId: session.id,
      hash,
      createdAt: now,
      usedAt: null,
      successorId: null,
    });
    return { refreshToken: successor };
  }
  const used = await transaction.refreshTokens.get({ id: token.id });
  const next =
    used?.successorId == null ? undefined : await transaction.refreshTokens.get({ id: used.successorId });
  const ageMs = now.getTime() - (used?.usedAt?.getTime() ?? 0);
  if (next?.usedAt === null && ageMs <= GRACE_MS)
    return { refreshToken: (await withHash(successors, next.hash)) ?? successor };
  return endLineage(call, transaction, held);
}

async function withHash(secrets: readonly string[], hash: string): Promise<string | undefined> {
  for (const secret of secrets) if ((await sha256(secret)) === hash) return secret;
  return undefined;
}

/** A used token came back: somebody has a copy, so nobody goes on with this session. */
export async function endLineage(
  call: Call,
  transaction: Transaction,
  { session, account, person }: HeldToken,
): Promise<{ refused: ErrorCode }> {
  await endSession(transaction, session.id, "refresh_reused", call.ports.clock.now());
  await call.audit(transaction, {
    action: "auth.refresh_reused",
    result: "refused",
    actorId: account.id,
    actorName: person.name,
    actorRole: person.role,
    sessionId: session.id,
    reason: "refresh_reused",
  });
  await queueSecurityMail(call, transaction, account, "session_revoked");
  return { refused: "refresh_reused" };
}
