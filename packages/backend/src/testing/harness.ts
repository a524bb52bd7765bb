/** The three functions of a test runner that a suite needs: node:test and mocha both have them. */
export interface TestHarness {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: (name: string, body: () => Promise<void>) => unknown;
  readonly after: (body: () => Promise<void>) => unknown;
}
