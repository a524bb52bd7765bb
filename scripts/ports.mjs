import { createServer } from "node:net";

/**
 * The wished port, or the next free one above it (at most 100 tries).
 *
 * @param {number} wished
 * @param {number[]} [taken] promised to somebody who does not listen yet
 * @returns {Promise<number>}
 */
export async function portOrNext(wished, taken = []) {
  for (let port = wished; port < Math.min(wished + 100, 65_536); port++) {
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port from ${wished} on.`);
}

/** Any free port of the loopback interface. @returns {Promise<number>} */
export async function freePort() {
  return listenOnce(0, "127.0.0.1");
}

/** Free for both families: a browser may try either for the name localhost. @param {number} port */
async function isFree(port) {
  for (const host of ["127.0.0.1", "::1"]) {
    try {
      await listenOnce(port, host);
    } catch (error) {
      // A machine without IPv6 is not a taken port.
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE") return false;
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "EACCES") return false;
    }
  }
  return true;
}

/** @param {number} port @param {string} host @returns {Promise<number>} */
function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(port, host, () => {
      const address = /** @type {import("node:net").AddressInfo} */ (probe.address());
      probe.close(() => resolve(address.port));
    });
  });
}
