/** The engines every browser test runs in. */
export const ENGINES = /** @type {const} */ (["chromium", "firefox", "webkit"]);
