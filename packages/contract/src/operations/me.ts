import { defineOperation } from "../operation.ts";
import { me } from "../schemas/me.ts";

export const getMe = defineOperation({
  id: "getMe",
  method: "GET",
  path: "/v1/me",
  summary: "The signed-in person",
  tag: "me",
  authentication: "access",
  safe: true,
  etag: true,
  result: me,
  success: 200,
});
