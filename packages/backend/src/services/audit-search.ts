import { invalidCursor, readCursor, writeCursor } from "../domain/cursor.ts";
import { toAuditEvents } from "./audit-event.ts";
import { auditWhere, filterDetails, periodOf } from "./audit-filter.ts";
import type { Service } from "./service.ts";

/** 操作ログ, newest first. Looking at it is an event too. @throws {range_too_wide} */
export const searchAuditEvents: Service<"searchAuditEvents"> = async (call, { limit, cursor, ...filter }) => {
  const { keys } = call.ports;
  const { institutionId } = call.actor;
  const scope = [call.operationId, institutionId, filterDetails(filter)];
  const where = auditWhere(call, filter, periodOf(call.ports, filter));
  const lastId = cursor === undefined ? undefined : await readCursor(keys, scope, cursor);

  const { items, more, total } = await call.transaction(async (transaction) => {
    const last =
      lastId === undefined ? undefined : await transaction.audit.get({ id: lastId, institutionId });
    if (lastId !== undefined && !last) throw invalidCursor();
    const rows = await transaction.audit.list(
      { ...where, ...(last && { seq: { before: last.seq } }) },
      // One more than asked for: it tells whether there is a next page.
      { orderBy: ["seq"], descending: true, limit: limit + 1 },
    );
    const total = await transaction.audit.count(where);
    await call.audit(transaction, {
      action: "audit.viewed",
      result: "ok",
      details: { ...filterDetails(filter), total },
    });
    const page = rows.slice(0, limit);
    return { items: await toAuditEvents(transaction, page), more: rows.length > limit, total };
  });
  const last = items.at(-1);
  return { items, nextCursor: last && more ? await writeCursor(keys, scope, last.id) : null, total };
};
