import { writeFileSync } from "node:fs";

/**
 * What a phase of `npm test` counted. Names of failed tests are complete sentences with their file.
 *
 * @typedef {object} Results
 * @property {number} passed
 * @property {string[]} failed
 * @property {{ name: string, reason: string }[]} skipped
 */

/** @returns {Results} */
export function noResults() {
  return { passed: 0, failed: [], skipped: [] };
}

/** @param {Results} into @param {Results} more */
export function addResults(into, more) {
  into.passed += more.passed;
  into.failed.push(...more.failed);
  into.skipped.push(...more.skipped);
}

/**
 * The closing line that people and machines read.
 *
 * @param {Results} results
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}

/** The file a reporter leaves its counts in, where `npm test` asks for them. */
export const RESULTS_FILE = process.env.WELBY_RESULTS;

/** @param {Results} results */
export function leaveResults(results) {
  if (RESULTS_FILE) writeFileSync(RESULTS_FILE, JSON.stringify(results));
}
