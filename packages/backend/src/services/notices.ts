import type { Role } from "@welby/contract";
import type { Notice, NoticeId } from "@welby/contract/schemas";
import { formatJst } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import type { NoticeReadRecord, NoticeRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";
import { pageOf } from "./list-page.ts";
import type { Service, SignedInCall } from "./service.ts";

/** お知らせ, newest first; what is over is not shown any more. */
export const listNotices: Service<"listNotices"> = async (call, input) => {
  const { rows, reads } = await call.transaction(async (transaction) => {
    const rows = await noticesFor(call, transaction);
    const mine = { accountId: call.actor.accountId, noticeId: { in: rows.map(({ id }) => id) } };
    return { rows, reads: await transaction.noticeReads.list(mine) };
  });
  const now = call.ports.clock.now();
  const shown = ({ validUntil }: NoticeRecord) => validUntil === null || validUntil > now;
  const { rows: page, ...rest } = await pageOf(call, input, { rows, shown });
  const readById = new Map(reads.map((read) => [read.noticeId, read]));
  return { ...rest, items: page.map((row) => toNotice(row, readById.get(row.id))) };
};

/** @throws {not_found} for a missing notice and for one to others alike */
export const acknowledgeNotice: Service<"acknowledgeNotice"> = (call, { noticeId }) =>
  call.transaction(async (transaction) => {
    const row = (await noticesFor(call, transaction)).find(({ id }) => id === noticeId);
    if (!row) throw new ApiProblem("not_found");
    const { accountId } = call.actor;
    const read = { id: call.ports.random.uuid(), noticeId, accountId, readAt: call.ports.clock.now() };
    const first = await transaction.noticeReads.insertIfAbsent(read);
    if (!first) return toNotice(row, await transaction.noticeReads.get({ noticeId, accountId }));
    await call.audit(transaction, {
      action: "notice.acknowledged",
      result: "ok",
      targetType: "notice",
      targetId: noticeId,
    });
    return toNotice(row, read);
  });

/** What was ever told to the caller, newest first. */
async function noticesFor(
  { actor, institution }: SignedInCall,
  transaction: Transaction,
): Promise<NoticeRecord[]> {
  return transaction.notices.list(
    { institutionId: { in: [institution.id, null] }, audience: { in: AUDIENCES[actor.role] } },
    { orderBy: ["publishedAt"], descending: true },
  );
}

const AUDIENCES: Readonly<Record<Role, readonly NoticeRecord["audience"][]>> = {
  admin: ["everyone", "staff", "admin"],
  staff: ["everyone", "staff"],
  patient: ["everyone"],
};

function toNotice(row: NoticeRecord, read: NoticeReadRecord | undefined): Notice {
  return {
    id: row.id as NoticeId,
    kind: row.kind,
    severity: row.severity,
    title: row.title,
    body: row.body,
    publishedAt: formatJst(row.publishedAt, { ms: true }),
    validUntil: row.validUntil && formatJst(row.validUntil, { ms: true }),
    mustAcknowledge: row.mustAcknowledge,
    readAt: read ? formatJst(read.readAt, { ms: true }) : null,
  };
}
