import { ownSessions, passwordChange, profile } from "./api/account.ts";
import { auditLog } from "./api/audit.ts";
import { bearer, documents, origins } from "./api/documents.ts";
import {
  badInput,
  foreignIds,
  methods,
  needs,
  preconditions,
  rights,
  sessionStates,
} from "./api/every-operation.ts";
import { categories, categoryLimit, groupChanges } from "./api/group-changes.ts";
import { groups, limits, members, patients } from "./api/groups.ts";
import { institution, patientDetail } from "./api/institution.ts";
import { notices } from "./api/notices.ts";
import { initialPassword, passwordReset } from "./api/passwords.ts";
import { emailChange, registration, withdrawal } from "./api/mailboxes.ts";
import { enrolment, otherFactors } from "./api/factors.ts";
import { createRecorder } from "./api/recorder.ts";
import { proofs, reauthentication, refreshing, signingOut } from "./api/sessions.ts";
import { secondFactor, signIn, throttling } from "./api/sign-in.ts";
import { roles, staff } from "./api/staff.ts";
import { staffLifeCycle } from "./api/staff-life-cycle.ts";
import type { ApiTarget } from "./api/target.ts";
import type { Transcript } from "./api/transcript.ts";

export { SUITE_BEGINS, type ApiTarget } from "./api/target.ts";
export {
  differences,
  fromPages,
  unexpected,
  type Transcript,
  type TranscriptEntry,
} from "./api/transcript.ts";

/** The script, by the name of its parts. One after another: a later part meets what the earlier ones left behind. */
const PARTS = {
  documents,
  origins,
  signIn,
  needs,
  rights,
  badInput,
  foreignIds,
  preconditions,
  methods,
  proofs,
  refreshing,
  reauthentication,
  signingOut,
  staff,
  staffLifeCycle,
  groups,
  members,
  patients,
  patientDetail,
  groupChanges,
  categories,
  institution,
  passwordChange,
  ownSessions,
  profile,
  auditLog,
  notices,
  enrolment,
  otherFactors,
  throttling,
  secondFactor,
  sessionStates,
  passwordReset,
  initialPassword,
  roles,
  emailChange,
  registration,
  withdrawal,
  limits,
  categoryLimit,
  // Last: a page cannot play it, and what it changes should make no difference to the rest.
  bearer,
} as const;

export type ApiConformancePart = keyof typeof PARTS;

/**
 * Calls every operation of the API in every way that can be told apart from outside, and writes down what came back.
 *
 * The same script runs against each way to the API (mock or sandbox, from Node or from a page), so two transcripts can be
 * compared entry by entry; what each call has to answer stands in the script, written by hand, so that an error that all
 * ways share is seen as well. It uses the web's own interfaces only and runs in a page as in Node.
 * @param only these parts instead of all; transcripts are comparable when their parts are the same
 * @example
 * const transcript = await runApiConformance(target);
 * assert.deepEqual(unexpected(transcript), []);
 */
export async function runApiConformance(
  target: ApiTarget,
  only?: readonly ApiConformancePart[],
): Promise<Transcript> {
  const recorder = createRecorder(target);
  for (const [name, part] of Object.entries(PARTS)) {
    if (!only || only.includes(name as ApiConformancePart)) await part(recorder);
  }
  return recorder.entries;
}
