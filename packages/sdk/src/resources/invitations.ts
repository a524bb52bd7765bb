import { confirmInvitation } from "@welby/contract/operations/invitations";
import type { InvitationsResource } from "../types.ts";
import type { Caller, Loaded } from "./call.ts";

/** For the page that the link of an invitation leads to; needs no session. */
export const resource = ({ call }: Caller): Loaded<InvitationsResource> => ({
  confirm: (input, options) => call(confirmInvitation, input, options),
});
