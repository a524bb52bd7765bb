/** The three functions of a test runner that a suite needs: node:test and mocha both have them. */
export interface TestHarness {
  describe(name: string, body: () => void): unknown;
  test(name: string, body: () => Promise<void>): unknown;
  after(body: () => Promise<void>): unknown;
}
