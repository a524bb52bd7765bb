import type { OutboxRecord, Store } from "@welby/backend/ports";
import { formatJst } from "@welby/text";
import type { ConnectionInfo } from "../server/http-server.ts";
import { isLocalRequest } from "../server/local-request.ts";
import { jsonResponse } from "./html.ts";
import { listPage, messagePage, refusalPage } from "./pages.ts";
import { languageOf } from "./texts.ts";

/** Messages on the list, newest first. */
const SHOWN = 200;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Rows without a recipient are no messages yet: they ask whether one is to be written. */
const ADDRESSED = { recipient: { not: "" } } as const;

/** Answers `/outbox` and `/outbox/{id}`; undefined for every other path. */
export type Outbox = (request: Request, info: ConnectionInfo) => Promise<Response | undefined>;

/**
 * Shows what the sandbox has sent, to people at this machine only: HTML, or JSON where a test asks for it by `Accept`.
 * @param port the port of the sandbox, part of the names it may be asked by
 */
export function createOutbox(store: Store, port: number): Outbox {
  return async (request, { peer }) => {
    const url = new URL(request.url);
    const path = /^\/outbox(?:\/([^/]*))?$/.exec(url.pathname);
    if (!path) return undefined;
    const language = languageOf(url, request.headers);
    const asJson = wantsJson(request.headers);
    const refuse = (status: number, reason: "notFound" | "badId" | "forbidden" | "method") =>
      asJson ? jsonResponse(status, { status, reason }) : refusalPage(status, language, reason);

    if (!isLocalRequest(request.headers, peer, port)) return refuse(403, "forbidden");
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "method");
    const id = path[1];
    if (id === undefined || id === "") {
      const messages = await latest(store);
      return asJson ? jsonResponse(200, { items: messages.map(heading) }) : listPage(messages, language);
    }
    if (!UUID.test(id)) return refuse(422, "badId");
    const message = await store.transaction((transaction) =>
      transaction.outbox.get({ id: id.toLowerCase(), ...ADDRESSED }),
    );
    if (!message) return refuse(404, "notFound");
    return asJson
      ? jsonResponse(200, { ...heading(message), text: message.body })
      : messagePage(message, language);
  };
}

function latest(store: Store): Promise<OutboxRecord[]> {
  return store.transaction((transaction) =>
    transaction.outbox.list(ADDRESSED, { orderBy: ["seq"], descending: true, limit: SHOWN }),
  );
}

/** What the list shows: never the body. */
function heading({ id, channel, recipient, subject, status, createdAt }: OutboxRecord) {
  return { id, channel, to: recipient, subject, status, createdAt: formatJst(createdAt, { ms: true }) };
}

function wantsJson(headers: Headers): boolean {
  const accept = headers.get("accept") ?? "";
  return /\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept);
}
