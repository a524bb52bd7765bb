// Two ways to put load on a server, and what came of it.
import { setTimeout as sleep } from "node:timers/promises";

/**
 * @typedef {object} Load
 * @property {number[]} latencies in ms, rising
 * @property {Record<string, number>} outcomes how often each came
 * @property {number} seconds
 */

/**
 * Sends at fixed moments, whether earlier calls were answered or not, as many independent people do. A latency counts from
 * the moment at which the call was due, so a server that stalls cannot hide the calls that would have waited.
 *
 * @param {{ perSecond: number, seconds: number, call: (index: number) => Promise<string> }} options
 * @returns {Promise<Load>}
 */
export async function openLoop({ perSecond, seconds, call }) {
  const recorder = record();
  const total = Math.round(perSecond * seconds);
  const begun = performance.now();
  /** @type {Promise<void>[]} */
  const calls = [];
  while (calls.length < total) {
    const due = begun + (calls.length * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    else calls.push(recorder.run(() => call(calls.length), due));
  }
  await Promise.all(calls);
  return recorder.load(seconds);
}

/**
 * So many clients, each of whom calls again once it was answered.
 *
 * @param {{ clients: number, seconds: number, call: (index: number) => Promise<string> }} options
 * @returns {Promise<Load>}
 */
export async function closedLoop({ clients, seconds, call }) {
  const recorder = record();
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let index = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) await recorder.run(() => call(index++), performance.now());
    }),
  );
  return recorder.load((performance.now() - begun) / 1000);
}

/** @param {Load} load @param {number} share of 1 */
export function quantile({ latencies }, share) {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
}

function record() {
  /** @type {number[]} */
  const latencies = [];
  /** @type {Record<string, number>} */
  const outcomes = {};
  return {
    /** @param {() => Promise<string>} call @param {number} since */
    async run(call, since) {
      const outcome = await call().catch((error) => `error ${error.code ?? error.name}`);
      latencies.push(performance.now() - since);
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    },
    /** @param {number} seconds @returns {Load} */
    load: (seconds) => ({ latencies: latencies.sort((a, b) => a - b), outcomes, seconds }),
  };
}
