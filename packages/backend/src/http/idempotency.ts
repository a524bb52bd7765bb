import type { OperationRow } from "@welby/contract";
import { ApiProblem } from "../domain/api-problem.ts";
import { sha256 } from "../domain/secret.ts";
import type { IdempotencyRecord } from "../ports/records.ts";
import type { Ports } from "../ports/index.ts";
import type { Transaction } from "../ports/store.ts";
import type { Actor } from "../services/service.ts";
import type { Answer } from "./answer.ts";
import { successAnswer } from "./result.ts";

const KEEP_MS = 24 * 3_600_000;
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The first answer of a repeated request; thrown through the service, which must not run a second time. */
export class Replay extends Error {
  readonly answer: Answer;
  constructor({ status, headers, body }: IdempotencyRecord) {
    super("Replay");
    this.answer = {
      status,
      headers: { ...headers, "idempotency-replayed": "true" },
      ...(body !== null && { body }),
    };
  }
}

/** One request that may be repeated. */
export interface KeyedRequest {
  /** @throws Replay when the answer is already known */
  replayIfKnown(): Promise<void>;
  /** Runs the change and keeps its answer in the same commit. @throws {idempotency_in_flight} */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** What was kept; undefined until the change is committed. */
  kept(): Answer | undefined;
}

/**
 * Reads `Idempotency-Key`; undefined where none was sent or it has no meaning.
 * @throws {idempotency_key_required} @throws {malformed_request}
 */
export function idempotencyKey(operation: OperationRow, headers: Headers): string | undefined {
  if (!operation.idempotency) return undefined;
  const key = headers.get("idempotency-key");
  if (key === null) {
    if (operation.idempotency === "required") throw new ApiProblem("idempotency_key_required");
    return undefined;
  }
  if (!UUID_V4.test(key)) throw new ApiProblem("malformed_request");
  return key.toLowerCase();
}

/** Scope: this person and this operation, for 24 hours. A failure is not kept, so it can be tried again. */
export async function keyedRequest(
  { store, clock }: Ports,
  operation: OperationRow,
  { accountId, institutionId }: Pick<Actor, "accountId" | "institutionId">,
  key: string,
  sent: unknown,
): Promise<KeyedRequest> {
  const id = await sha256(JSON.stringify([accountId, operation.id, key]));
  const requestHash = await sha256(canonicalJson(sent));
  let answer: Answer | undefined;

  async function checkKnown(transaction: Transaction): Promise<void> {
    const known = await transaction.idempotency.get({ id });
    if (!known) return;
    if (clock.now().getTime() - known.createdAt.getTime() >= KEEP_MS) {
      await transaction.idempotency.delete({ id });
      return;
    }
    if (known.requestHash !== requestHash) throw new ApiProblem("idempotency_mismatch");
    throw new Replay(known);
  }

  return {
    replayIfKnown: () => store.transaction(checkKnown),
    kept: () => answer,
    async transaction(work) {
      if (answer) return store.transaction(work, { institutionId });
      let fresh: Answer | undefined;
      const result = await store.transaction(
        async (transaction) => {
          if (!(await transaction.tryLock(`idempotency:${id}`)))
            throw new ApiProblem("idempotency_in_flight");
          await checkKnown(transaction);
          const value = await work(transaction);
          fresh = successAnswer(operation, value);
          const { status, headers, body = null } = fresh;
          await transaction.idempotency.insert({
            id,
            requestHash,
            status,
            headers,
            body,
            createdAt: clock.now(),
          });
          return value;
        },
        { institutionId },
      );
      answer = fresh;
      return result;
    },
  };
}

/** The same content in another key order is the same request. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  );
}
