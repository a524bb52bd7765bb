import type { Transport, TransportRequest, TransportResponse } from "../../src/transport/transport.ts";

export interface SentRequest extends TransportRequest {
  /** The path and query below the base URL. */
  readonly path: string;
  readonly json: unknown;
}

export interface ScriptedTransport extends Transport {
  readonly requests: SentRequest[];
  /** Requests to one path. */
  to(path: string): SentRequest[];
}

export const BASE_URL = "https://api.example.jp";

/** A transport that answers by a script: a function of the request and of how many came before it. */
export function scripted(
  answer: (request: SentRequest, index: number) => TransportResponse | Promise<TransportResponse>,
): ScriptedTransport {
  const requests: SentRequest[] = [];
  return {
    requests,
    to: (path) => requests.filter((request) => request.path === path),
    async send(request) {
      const sent: SentRequest = {
        ...request,
        path: request.url.replace(BASE_URL, ""),
        json: request.body === undefined ? undefined : JSON.parse(request.body),
      };
      requests.push(sent);
      return answer(sent, requests.length - 1);
    },
  };
}
