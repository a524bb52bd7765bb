import type { OperationRow } from "@welby/contract";
import { signInResult } from "@welby/contract/schemas";
import { ApiProblem } from "../domain/api-problem.ts";
import { verifyAccessToken, type VerifiedToken } from "../domain/access-token.ts";
import { verifyProof, type Proof } from "../domain/dpop.ts";
import { isFreshNonce } from "../domain/nonce.ts";
import { restrictionOf } from "../domain/restriction.ts";
import { sha256 } from "../domain/secret.ts";
import { idleTimeoutSec, SEEN_EVERY_MS, sessionCondition } from "../domain/session-limits.ts";
import type { InstitutionRecord, PartnerClientRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { findPerson } from "../services/person.ts";
import type { Actor } from "../services/service.ts";
import { usesDpop, type Exchange } from "./exchange.ts";

/** Long enough that no proof can be accepted twice: its nonce is dead by then. */
const REPLAY_MS = 10 * 60_000;

export interface Caller {
  readonly actor: Actor | null;
  readonly keyThumbprint: string | null;
}

/** The client that a call names, with its institution: also that of its staff, since nobody else's token is let through. */
interface CallingClient {
  readonly client: PartnerClientRecord;
  readonly institution: InstitutionRecord;
}

/**
 * Finds out who calls: the key by its proof, the person by the access token and the store's rows of this moment.
 * An operation authenticated by a refresh token proves its key here; its service judges the token.
 */
export async function authenticate(
  exchange: Exchange,
  operation: OperationRow,
  { client, institution }: CallingClient,
): Promise<Caller> {
  const { store, clock } = exchange.context.ports;
  const token = operation.authentication === "access" ? await readToken(exchange, client) : undefined;
  const proof =
    usesDpop(client) && needsProof(operation) ? await readProof(exchange, token?.text) : undefined;
  if (!proof && !token) return { actor: null, keyThumbprint: null };
  // A token is as good as its key: a bound one needs this key, an unbound one must come from a bearer client.
  if (token && token.keyThumbprint !== (proof?.thumbprint ?? null)) {
    throw new ApiProblem(proof && token.keyThumbprint !== null ? "invalid_dpop_proof" : "unauthenticated");
  }
  const replayId = proof && (await sha256(`${proof.thumbprint}.${proof.jti}`));
  const found = await store.transaction(
    async (transaction) => {
      const expiresAt = new Date(clock.now().getTime() + REPLAY_MS);
      if (
        replayId !== undefined &&
        !(await transaction.proofReplays.insertIfAbsent({ id: replayId, expiresAt }))
      ) {
        return new ApiProblem("invalid_dpop_proof");
      }
      return token ? findActor(transaction, token, operation, { client, institution }, clock.now()) : null;
      // A proof whose fate is unknown after a lost connection must not be used up by a second try.
    },
    { atomic: replayId !== undefined },
  );
  // Thrown out here, so that what was written (the used proof) stays.
  if (found instanceof ApiProblem) throw found;
  return { actor: found, keyThumbprint: proof?.thumbprint ?? null };
}

/** A key has to be shown wherever tokens are used or begin, and with a challenge, which is bound to it. */
function needsProof({ authentication, result, body }: OperationRow): boolean {
  return authentication !== "none" || result === signInResult || "challenge" in (body?.shape ?? {});
}

async function readToken(
  { context, request }: Exchange,
  client: PartnerClientRecord,
): Promise<VerifiedToken & { text: string }> {
  const [, scheme, text] = /^(\S+) +(\S+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  const expected = usesDpop(client) ? "dpop" : "bearer";
  if (text === undefined || scheme?.toLowerCase() !== expected) throw new ApiProblem("unauthenticated");
  const { keys, clock } = context.ports;
  const token = await verifyAccessToken({ keys, issuer: context.server.issuer, now: clock.now() }, text);
  if (token.clientId !== client.clientId) throw new ApiProblem("unauthenticated");
  return { ...token, text };
}

async function readProof(
  { context, request, path }: Exchange,
  accessToken: string | undefined,
): Promise<Proof> {
  const header = request.headers.get("dpop");
  if (header === null) throw new ApiProblem("invalid_dpop_proof");
  const now = context.ports.clock.now();
  const nonceKeys = await context.ports.keys.macs("nonce");
  return verifyProof(header, {
    method: request.method,
    urls: context.baseUrls.map((base) => base + path),
    accessToken,
    now,
    isFreshNonce: (nonce) => isFreshNonce(nonceKeys, nonce, now),
  });
}

/** Rights, status and session are read for each call, so whatever is taken away is gone with the next one. */
async function findActor(
  transaction: Transaction,
  token: VerifiedToken,
  operation: OperationRow,
  { client, institution }: CallingClient,
  now: Date,
): Promise<Actor | ApiProblem> {
  const session = await transaction.sessions.get({ id: token.sessionId, accountId: token.accountId });
  const account = session && (await transaction.accounts.get({ id: session.accountId }));
  const person = account && (await findPerson(transaction, account));
  if (!session || !account || !person?.active) return new ApiProblem("session_expired");
  if (session.clientId !== client.clientId || session.keyThumbprint !== token.keyThumbprint)
    return new ApiProblem("unauthenticated");
  if (account.institutionId !== null && account.institutionId !== client.institutionId)
    return new ApiProblem("unauthenticated");

  const condition = sessionCondition(session, idleTimeoutSec(account.kind, institution), now);
  if (condition !== "live")
    return new ApiProblem(condition === "locked" ? "session_locked" : "session_expired");
  const mustChangePassword = account.mustChangePassword || session.restriction === "password_change";
  if (mustChangePassword && operation.id !== "setInitialPassword") {
    return new ApiProblem("password_change_required");
  }
  // The institution may have begun to demand a second factor after this session began.
  const restriction = session.restriction ?? restrictionOf(account, institution, session.amr);
  if (restriction === "mfa_enrollment" && !operation.duringEnrollment) {
    return new ApiProblem("mfa_enrollment_required");
  }
  if (now.getTime() - session.lastSeenAt.getTime() >= SEEN_EVERY_MS) {
    await transaction.sessions.update(
      { id: session.id, endedAt: null, lastSeenAt: { before: now } },
      { lastSeenAt: now },
    );
  }
  return {
    accountId: account.id,
    kind: account.kind,
    role: person.role,
    institutionId: account.institutionId,
    staffId: person.staffId,
    patientId: person.patientId,
    name: person.name,
    session,
  };
}
