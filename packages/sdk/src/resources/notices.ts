import { acknowledgeNotice, listNotices } from "@welby/contract/operations/notices";
import type { NoticesResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** お知らせ. */
export const resource = ({ call, pages }: Caller): Loaded<NoticesResource> => ({
  list: (input, options) => pages(listNotices, input, options),
  acknowledge: (noticeId, options) => call(acknowledgeNotice, { noticeId }, options),
});
