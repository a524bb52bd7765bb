import type { OperationRow } from "@welby/contract";
import type { TextDocument } from "../services/service.ts";
import type { Answer } from "./answer.ts";
import { attachment } from "./content-disposition.ts";
import { entityTag } from "./etag.ts";

/** An answer as it can be kept: plain JSON and headers. */
export interface SuccessAnswer extends Answer {
  readonly body?: unknown;
}

/** Passes a result through the operation's own schema, so that nothing leaves that the contract does not name. */
export function successAnswer(operation: OperationRow, result: unknown): SuccessAnswer {
  if (operation.raw && operation.produces?.startsWith("text/"))
    return textAnswer(operation, result as TextDocument);
  const body = operation.result ? operation.result.parse(result) : operation.raw ? result : undefined;
  const version = operation.etag ? (body as { version?: unknown }).version : undefined;
  return {
    status: operation.success,
    headers: { ...(typeof version === "number" && { etag: entityTag(version) }) },
    ...(body !== undefined && { body }),
    ...(operation.produces !== undefined && { mediaType: operation.produces }),
  };
}

function textAnswer({ success, produces }: OperationRow, { text, fileName }: TextDocument): SuccessAnswer {
  return {
    status: success,
    headers: fileName === undefined ? {} : { "content-disposition": attachment(fileName) },
    text,
    ...(produces !== undefined && { mediaType: produces }),
  };
}
