import type { SignInResult } from "@welby/contract/schemas";
import { newSecret, sha256 } from "../domain/secret.ts";
import type { AccountRecord, FactorRecord, OneTimeSecretRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { recoveryCodesLeft } from "./factors.ts";
import type { Call } from "./service.ts";

type Method = FactorRecord["kind"] | "recovery_code";

/** Seconds that a challenge of the second factor lives. */
export const CHALLENGE_SEC = 300;

/** Asks for the second factor. The challenge opens nothing by itself and works for this device and client only. */
export async function openChallenge(
  call: Call,
  transaction: Transaction,
  account: AccountRecord,
  factors: readonly FactorRecord[],
): Promise<SignInResult> {
  const { clock, random } = call.ports;
  const now = clock.now();
  const challenge = newSecret(random);
  await transaction.oneTimeSecrets.insert({
    id: random.uuid(),
    accountId: account.id,
    purpose: "mfa",
    hash: await sha256(challenge),
    credentialVersion: account.credentialVersion,
    data: binding(call),
    attempts: 0,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CHALLENGE_SEC * 1000),
    usedAt: null,
  });
  return {
    status: "mfa_required",
    challenge,
    methods: await methodsHere(call, transaction, factors),
    expiresInSec: CHALLENGE_SEC,
  };
}

/** What can be shown at this client: one without pages has no passkeys. */
async function methodsHere(
  { client }: Call,
  transaction: Transaction,
  factors: readonly FactorRecord[],
): Promise<Method[]> {
  const kinds = new Set(factors.map(({ kind }) => kind));
  if (client.rpId === null) kinds.delete("passkey");
  const [owner] = factors;
  const left = owner ? await recoveryCodesLeft(transaction, owner.accountId) : 0;
  return [...kinds, ...(left > 0 ? (["recovery_code"] as const) : [])];
}

/** A challenge that can still be answered, with its account as it was when the challenge was given. */
export async function findChallenge(
  call: Call,
  transaction: Transaction,
  challenge: string,
): Promise<{ secret: OneTimeSecretRecord; account: AccountRecord } | undefined> {
  const hash = await sha256(challenge);
  const secret = await transaction.oneTimeSecrets.get({ hash, purpose: "mfa", usedAt: null });
  if (!secret || secret.expiresAt <= call.ports.clock.now()) return undefined;
  const { clientId, keyThumbprint } = binding(call);
  if (secret.data["clientId"] !== clientId || secret.data["keyThumbprint"] !== keyThumbprint)
    return undefined;
  const { accountId: id, credentialVersion } = secret;
  const account = await transaction.accounts.get({ id, credentialVersion });
  return account && { secret, account };
}

function binding(call: Call): { clientId: string; keyThumbprint: string } {
  return { clientId: call.client.clientId, keyThumbprint: call.keyThumbprint ?? "" };
}
