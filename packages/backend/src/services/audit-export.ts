import type { AuditEvent } from "@welby/contract/schemas";
import { jstDate } from "@welby/text";
import { BYTE_ORDER_MARK, csvRecord } from "../domain/csv.ts";
import type { AuditRecord } from "../ports/records.ts";
import type { Where } from "../ports/store.ts";
import { toAuditEvents } from "./audit-event.ts";
import { auditWhere, boundedPeriodOf, filterDetails } from "./audit-filter.ts";
import type { ClinicCall, Service } from "./service.ts";
import { assertStillAllowed } from "./still-allowed.ts";

const PAGE = 500;

const COLUMNS: readonly (readonly [title: string, of: (event: AuditEvent) => string | number | null])[] = [
  ["通し番号", (event) => event.seq],
  ["日時(日本時間)", (event) => event.at],
  ["操作者のID", (event) => event.actor?.id ?? null],
  ["操作者の氏名(当時)", (event) => event.actor?.nameAtTheTime ?? null],
  ["操作者の権限(当時)", (event) => event.actor?.role ?? null],
  ["操作", (event) => event.action],
  ["対象の種類", (event) => event.target?.type ?? null],
  ["対象のID", (event) => event.target?.id ?? null],
  ["結果", (event) => event.result],
  ["理由", (event) => event.reason],
  ["詳細(JSON)", (event) => JSON.stringify(event.details)],
  ["接続元のIPアドレス", (event) => event.ip],
  ["ブラウザー情報のハッシュ値", (event) => event.userAgentHash],
  ["お問い合わせ番号(リクエストID)", (event) => event.requestId],
  ["改ざん検知用のハッシュ値(直前)", (event) => event.previousHash],
  ["改ざん検知用のハッシュ値", (event) => event.hash],
];

/** All events that the filter finds, as CSV, newest first. The rows are read while they are sent. @throws {range_too_wide} */
export const exportAuditEvents: Service<"exportAuditEvents"> = async (call, filter) => {
  const period = boundedPeriodOf(call.ports, filter);
  const where = auditWhere(call, filter, period);
  const newest = await call.transaction(async (transaction) => {
    const [first] = await transaction.audit.list(where, { orderBy: ["seq"], descending: true, limit: 1 });
    const total = await transaction.audit.count(where);
    const details = { ...filterDetails(filter), total };
    await call.audit(transaction, { action: "audit.exported", result: "ok", details });
    return first?.seq ?? 0;
  });
  const lastDay = period.to ? new Date(period.to.getTime() - 1) : call.ports.clock.now();
  return {
    text: records(call, where, newest),
    fileName: `操作ログ_${call.institution.name}_${jstDate(period.from)}_${jstDate(lastDay)}.csv`,
  };
};

/** One page of rows at a time, each read when the one before has been sent: memory stays flat, whatever the log holds. */
async function* records(call: ClinicCall, where: Where<AuditRecord>, newest: number): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvRecord(COLUMNS.map(([title]) => title));
  for (let before = newest + 1; ;) {
    const events = await call.ports.store.transaction(
      async (transaction) => {
        // Whoever loses the right in the middle of a long log gets no more of it: the answer breaks off.
        await assertStillAllowed(call, transaction);
        const rows = await transaction.audit.list(
          { ...where, seq: { before } },
          { orderBy: ["seq"], descending: true, limit: PAGE },
        );
        return toAuditEvents(transaction, rows);
      },
      { institutionId: call.actor.institutionId },
    );
    if (events.length > 0)
      yield events.map((event) => csvRecord(COLUMNS.map(([, of]) => of(event)))).join("");
    if (events.length < PAGE) return;
    before = events.at(-1)?.seq ?? 0;
  }
}
