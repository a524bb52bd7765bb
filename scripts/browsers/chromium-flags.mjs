/** Flags that keep Chromium from talking to anybody but the test. */
export const CHROMIUM_FLAGS = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Chromium's own sandbox needs a user other than root.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
