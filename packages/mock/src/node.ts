import { setupServer, type SetupServer } from "msw/node";
import { handlers } from "./handlers.ts";
import type { Mock } from "./mock.ts";

/**
 * An MSW server for tests in Node (Vitest, node:test, Jest): `fetch`, `http` and XMLHttpRequest reach the mock.
 * @example
 * const server = mockServer(createMock());
 * before(() => server.listen({ onUnhandledFrame: "error" }));
 * after(() => server.close());
 */
export function mockServer(mock: Mock): SetupServer {
  return setupServer(...handlers(mock));
}
