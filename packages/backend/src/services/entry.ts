import type { SignInResult } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import type { Amr } from "../domain/amr.ts";
import type { AccountRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import type { Person } from "./person.ts";
import type { Call } from "./service.ts";
import { grantFor, openSession, type OpenedSession } from "./sessions.ts";

export interface Entry extends OpenedSession {
  readonly lastSignInAt: Date | null;
}

/** Begins the session of somebody who has proved everything that was asked for. */
export async function enter(
  call: Call,
  transaction: Transaction,
  account: AccountRecord,
  person: Person,
  amr: readonly Amr[],
): Promise<Entry> {
  const now = call.ports.clock.now();
  const opened = await openSession(call, transaction, account, amr);
  if (call.keyThumbprint !== null) await rememberDevice(call, transaction, account.id, call.keyThumbprint);
  await transaction.accounts.update({ id: account.id }, { lastSignInAt: now });
  await call.audit(transaction, {
    action: "auth.sign_in",
    result: "ok",
    actorId: account.id,
    actorName: person.name,
    actorRole: person.role,
    sessionId: opened.session.id,
    details: { amr: [...amr], restriction: opened.session.restriction },
  });
  return { ...opened, lastSignInAt: account.lastSignInAt };
}

/** What a sign-in answers once a session was begun. */
export async function entryResult(call: Call, account: AccountRecord, entry: Entry): Promise<SignInResult> {
  const grant = await grantFor(call, account, entry);
  const { restriction } = entry.session;
  if (restriction === "password_change") return { status: "password_change_required", grant };
  if (restriction === "mfa_enrollment") return { status: "mfa_enrollment_required", grant };
  return { status: "signed_in", grant, lastSignInAt: entry.lastSignInAt && formatJst(entry.lastSignInAt) };
}

async function rememberDevice(
  { ports }: Call,
  transaction: Transaction,
  accountId: string,
  keyThumbprint: string,
): Promise<void> {
  const lastSeenAt = ports.clock.now();
  const added = await transaction.knownDevices.insertIfAbsent({
    id: ports.random.uuid(),
    accountId,
    keyThumbprint,
    lastSeenAt,
  });
  if (!added) await transaction.knownDevices.update({ accountId, keyThumbprint }, { lastSeenAt });
}
