import { exportAuditEvents, searchAuditEvents } from "@welby/contract/operations/audit";
import type { AuditResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** 操作ログ. */
export const resource = ({ call, pages }: Caller): Loaded<AuditResource> => ({
  search: (input, options) => pages(searchAuditEvents, input, options),
  async export(input, options) {
    const text = await call(exportAuditEvents, input ?? {}, options);
    // Reading an answer as text drops the mark by which Excel knows UTF-8.
    return text.startsWith("\uFEFF") ? text : `\uFEFF${text}`;
  },
});
