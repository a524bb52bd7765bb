import { defineOperation } from "../operation.ts";
import { auditExport, auditPage, auditSearch } from "../schemas/audit.ts";

const shared = { tag: "audit", method: "POST", authentication: "access", safe: true, success: 200 } as const;

export const searchAuditEvents = defineOperation({
  ...shared,
  id: "searchAuditEvents",
  path: "/v1/audit-events/search",
  summary: "操作ログ: the events of the institution, newest first",
  paginated: true,
  audit: "audit.viewed",
  body: auditSearch,
  result: auditPage,
  errors: ["range_too_wide"],
});

export const exportAuditEvents = defineOperation({
  ...shared,
  id: "exportAuditEvents",
  path: "/v1/audit-events/export",
  summary: "The same events as CSV (UTF-8 with a byte order mark), all of them, newest first",
  stepUp: true,
  raw: true,
  produces: "text/csv",
  audit: "audit.exported",
  body: auditExport,
  errors: ["range_too_wide"],
});
