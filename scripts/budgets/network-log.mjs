// What the browser's network log says about bytes: everything a page received, headers included, cache excluded.

/**
 * @typedef {object} Transfer
 * @property {string} url
 * @property {number} startedAt milliseconds since 1970
 * @property {number} bytes
 */

/**
 * @param {import("playwright-core").Page} page
 * @returns {Promise<{ transfers: () => Transfer[], quiet: () => Promise<void> }>}
 */
export async function networkLog(page) {
  const session = await page.context().newCDPSession(page);
  /** @type {Map<string, Transfer & { done: boolean }>} */
  const requests = new Map();
  /** Redirects and preflights keep their request's id, so every start gets an entry of its own. */
  let last = Date.now();
  session.on("Network.requestWillBeSent", ({ requestId, request, wallTime }) => {
    last = Date.now();
    requests.set(requestId, { url: request.url, startedAt: wallTime * 1000, bytes: 0, done: false });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    last = Date.now();
    const found = requests.get(requestId);
    if (found) Object.assign(found, { bytes: encodedDataLength, done: true });
  });
  session.on("Network.loadingFailed", ({ requestId }) => {
    const found = requests.get(requestId);
    if (found) found.done = true;
  });
  await session.send("Network.enable");
  return {
    transfers: () => [...requests.values()].filter(({ url }) => url.startsWith("http")),
    async quiet() {
      while (Date.now() - last < 500 || [...requests.values()].some(({ done }) => !done)) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        if (Date.now() - last > 10_000) return;
      }
    },
  };
}

/** @param {Transfer[]} transfers */
export function sum(transfers) {
  return transfers.reduce((total, { bytes }) => total + bytes, 0);
}
