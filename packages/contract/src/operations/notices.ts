import * as z from "zod/mini";
import { defineOperation } from "../operation.ts";
import { noticeId } from "../schemas/ids.ts";
import { notice, noticePage } from "../schemas/notice.ts";
import { pageQuery } from "../schemas/primitives.ts";

const shared = { tag: "notices", authentication: "access", success: 200 } as const;

export const listNotices = defineOperation({
  ...shared,
  id: "listNotices",
  method: "GET",
  path: "/v1/notices",
  summary: "お知らせ for the signed-in person, newest first",
  safe: true,
  paginated: true,
  query: z.strictObject(pageQuery),
  result: noticePage,
});

export const acknowledgeNotice = defineOperation({
  ...shared,
  id: "acknowledgeNotice",
  method: "POST",
  path: "/v1/notices/{noticeId}/acknowledge",
  summary: "Say that a notice was read; the first time counts",
  idempotency: "optional",
  audit: "notice.acknowledged",
  params: z.strictObject({ noticeId }),
  result: notice,
});
