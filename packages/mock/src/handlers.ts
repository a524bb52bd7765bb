import { http, HttpResponse, type HttpHandler } from "msw";
import { BlockedByCors } from "./page-rules.ts";
import { ConnectionDropped } from "./faults/fault.ts";
import type { Mock } from "./mock.ts";

/**
 * MSW handlers that answer every call below the mock's base URL.
 * @param origin the page that calls; its own in a browser, so that the rules of CORS hold as against a real server
 * @example setupServer(...handlers(mock)).listen({ onUnhandledFrame: "error" });
 */
export function handlers(mock: Mock, { origin }: { readonly origin?: string } = {}): HttpHandler[] {
  return [
    http.all(`${mock.baseUrl}/*`, async ({ request }) => {
      try {
        return await mock.fetch(request, origin === undefined ? {} : { origin });
      } catch (error) {
        if (error instanceof BlockedByCors)
          console.warn(`[mock] ${request.method} ${mock.baseUrl}: ${error.message}`);
        else if (!(error instanceof ConnectionDropped)) throw error;
        // To the caller both are a connection that failed.
        return HttpResponse.error();
      }
    }),
  ];
}
