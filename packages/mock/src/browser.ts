import { setupWorker, type SetupWorker } from "msw/browser";
import { handlers } from "./handlers.ts";
import type { Mock } from "./mock.ts";

export interface MockWorkerOptions {
  /** Address of MSW's worker script; `/mockServiceWorker.js` unless set. It controls only what lies below it. */
  readonly workerUrl?: string;
}

/**
 * Starts MSW's service worker, so that the page's calls to the API reach the mock.
 * The script has to be served by the page's own site: `npx msw init public/` copies it.
 * @throws Error with the remedy when the worker cannot start (script missing, insecure page, Trusted Types)
 * @example const worker = await startMockWorker(createMock({ baseUrl: "https://api.example.jp" }));
 */
export async function startMockWorker(
  mock: Mock,
  { workerUrl = "/mockServiceWorker.js" }: MockWorkerOptions = {},
): Promise<SetupWorker> {
  if (!("serviceWorker" in navigator)) {
    throw new Error(
      "This page cannot have a service worker (it needs https or localhost). Use mockTransport of @welby/mock/transport.",
    );
  }
  const worker = setupWorker(...handlers(mock, { origin: location.origin }));
  try {
    await worker.start({ serviceWorker: { url: workerUrl }, onUnhandledFrame: "bypass", quiet: true });
  } catch (cause) {
    const remedy = `Is ${workerUrl} there? \`npx msw init <public folder>\` copies it. Under Trusted Types no worker starts: use mockTransport.`;
    throw new Error(`The mock's service worker could not start. ${remedy}`, { cause });
  }
  return worker;
}
