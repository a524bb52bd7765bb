import type { Fetch } from "../test-client.ts";

/** The moment at which every target stands when the suite begins: Wednesday, 09:00 in Japan. */
export const SUITE_BEGINS = new Date("2026-04-01T00:00:00.000Z");

/** One way to the API: freshly seeded with the demo, its clock standing at {@link SUITE_BEGINS}, its first portal origin the page's. */
export interface ApiTarget {
  readonly baseUrl: string;
  /** What a script of a page on the portal's origin gets; rejects where a browser gives it nothing. */
  readonly fetch: Fetch;
  /** Calls without a browser's rules, for what no page can send (`Origin`, preflights); null inside a page. */
  readonly machineFetch: Fetch | null;
  /** An origin that some partner client lists; the page's own. */
  readonly origin: string;
  /** Moves the server's clock, which otherwise stands still. */
  advance(ms: number): Promise<void>;
  /** Bodies of all mails to an address, oldest first, once there are as many as expected. */
  mails(to: string, atLeast: number): Promise<readonly string[]>;
}
