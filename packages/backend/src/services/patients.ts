import type { GroupId, PatientGroups, PatientId, PatientRow } from "@welby/contract/schemas";
import { parsePatientNumber, searchKey } from "@welby/text";
import { ApiProblem } from "../domain/api-problem.ts";
import { invalidCursor, readCursor, writeCursor } from "../domain/cursor.ts";
import { toPersonName } from "../domain/person-name.ts";
import type { InstitutionRecord, PatientLinkRecord } from "../ports/records.ts";
import type { PatientHit, PatientQuery, SortPosition, Transaction } from "../ports/store.ts";
import { versionConflict } from "./conflict.ts";
import { groupsLock, moveMembers, requireCategory, requireGroups } from "./group-rows.ts";
import { lockedChange } from "./locked-change.ts";
import type { Service } from "./service.ts";

const KANA_ROWS = ["あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ", "他"] as const;

/** Finds linked patients; leaves a row in the log of who was shown. */
export const searchPatients: Service<"searchPatients"> = async (call, input) => {
  const { keys } = call.ports;
  const { institutionId } = call.actor;
  const { query = "", groupId, categoryId, limit, cursor, startAt } = input;
  const descending = input.sort.startsWith("-");
  const sort = input.sort.replace("-", "") as PatientQuery["sort"];
  if (startAt !== undefined && (cursor !== undefined || input.sort !== "kana")) {
    throw new ApiProblem("validation_failed", { errors: [{ path: "startAt", code: "contradiction" }] });
  }
  const text = typedQuery(query, call.institution);
  const scope = [call.operationId, institutionId, text, groupId ?? null, categoryId ?? null, input.sort];
  const lastId = cursor === undefined ? undefined : await readCursor(keys, scope, cursor);

  const { hits, total, kanaIndex } = await call.transaction(async (transaction) => {
    const groupIds = await groupFilter(transaction, institutionId, groupId, categoryId);
    const after =
      lastId === undefined ? undefined : await positionOf(transaction, institutionId, sort, lastId);
    const found = await transaction.searchPatients({
      institutionId,
      ...text,
      ...(groupIds && { groupIds }),
      ...(after && { after }),
      ...(startAt && { startAt }),
      sort,
      descending,
      // One more than asked for: it tells whether there is a next page.
      limit: limit + 1,
    });
    await call.audit(transaction, {
      action: "patient.list_viewed",
      result: "ok",
      details: { patientIds: found.hits.slice(0, limit).map((hit) => hit.patient.id), total: found.total },
    });
    return found;
  });
  const page = hits.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toPatientRow),
    nextCursor: last && hits.length > limit ? await writeCursor(keys, scope, last.link.id) : null,
    total,
    kanaIndex: KANA_ROWS.map((row) => ({
      row,
      count: kanaIndex.find((entry) => entry.row === row)?.count ?? 0,
    })),
  };
};

export const getPatientGroups: Service<"getPatientGroups"> = (call, { patientId }) =>
  call.transaction(async (transaction) => {
    const link = await requireLink(transaction, call.actor.institutionId, patientId);
    if (link.status !== "linked") throw new ApiProblem("not_found");
    await call.audit(transaction, {
      action: "patient.groups_viewed",
      result: "ok",
      targetType: "patient",
      targetId: patientId,
    });
    return readGroups(transaction, link);
  });

/** Replaces the set; what is taken away stays as history. @throws {not_linked} @throws {version_conflict} */
export const putPatientGroups: Service<"putPatientGroups"> = (call, { patientId, groupIds, version }) => {
  const { institutionId } = call.actor;
  const change = { lock: groupsLock(institutionId), action: "patient.groups_changed" };
  return lockedChange(call, change, async (transaction) => {
    const link = await requireLink(transaction, institutionId, patientId);
    if (link.status !== "linked") throw new ApiProblem("not_linked");
    if (link.version !== version) throw await versionConflict(transaction, [{ ...link, id: patientId }]);
    const wanted = new Set<string>(groupIds);
    await requireGroups(transaction, institutionId, wanted);

    const { groupIds: current } = await readGroups(transaction, link);
    const remove = current.filter((groupId) => !wanted.has(groupId));
    const { added, removed } = await moveMembers(call, transaction, [{ link, add: [...wanted], remove }]);
    await call.audit(transaction, {
      action: "patient.groups_changed",
      result: "ok",
      targetType: "patient",
      targetId: patientId,
      details: { added: added.map((row) => row.groupId), removed: removed.map((row) => row.groupId) },
    });
    return readGroups(transaction, await requireLink(transaction, institutionId, patientId));
  });
};

/** What was typed, as the store looks for it: a name or reading, and a number where it can be one. */
function typedQuery(
  typed: string,
  institution: InstitutionRecord,
): Pick<PatientQuery, "text" | "numberKey" | "numberPrefix"> {
  const text = searchKey(typed);
  if (text === "") return {};
  const rule = institution.patientNumber;
  const whole = parsePatientNumber(typed, rule);
  // The beginning of a number is compared as typed: padded it would be a whole one.
  const prefix = parsePatientNumber(typed, { ...rule, pad: false });
  return {
    text,
    ...(whole.ok && { numberKey: whole.value }),
    ...(prefix.ok && { numberPrefix: prefix.value }),
  };
}

/** The groups that the list is limited to; undefined for no limit. @throws {not_found} */
async function groupFilter(
  transaction: Transaction,
  institutionId: string,
  groupId: string | undefined,
  categoryId: string | undefined,
): Promise<string[] | undefined> {
  if (groupId !== undefined) await requireGroups(transaction, institutionId, new Set([groupId]));
  if (categoryId === undefined) return groupId === undefined ? undefined : [groupId];
  await requireCategory(transaction, institutionId, categoryId);
  const groups = await transaction.groups.list({ institutionId, categoryId, deletedAt: null });
  return groups.map((group) => group.id).filter((id) => groupId === undefined || id === groupId);
}

/** Where the page before ended. @throws {validation_failed} */
async function positionOf(
  transaction: Transaction,
  institutionId: string,
  sort: PatientQuery["sort"],
  linkId: string,
): Promise<SortPosition> {
  const link = await transaction.patientLinks.get({ id: linkId, institutionId });
  if (!link) throw invalidCursor();
  const value = { kana: link.kanaSort, patientNumber: link.patientNumberKey, birthDate: link.birthDate }[
    sort
  ];
  return { value, id: linkId };
}

function toPatientRow({ patient, link, groupIds, sameName }: PatientHit): PatientRow {
  return {
    id: patient.id as PatientId,
    name: toPersonName(patient),
    birthDate: patient.birthDate,
    sex: patient.sex,
    patientNumber: link.patientNumber,
    linkStatus: link.status,
    groupIds: [...groupIds].sort() as GroupId[],
    sameName,
  };
}

/** @throws {not_found} for a patient whom this institution does not know */
export async function requireLink(
  transaction: Transaction,
  institutionId: string,
  patientId: string,
): Promise<PatientLinkRecord> {
  const link = await transaction.patientLinks.get({ institutionId, patientId });
  if (!link) throw new ApiProblem("not_found");
  return link;
}

/** The groups that a patient is in, under the link's institution. */
export async function readGroups(transaction: Transaction, link: PatientLinkRecord): Promise<PatientGroups> {
  const { institutionId, patientId, version } = link;
  const open = await transaction.memberships.list({ institutionId, patientId, removedAt: null });
  return {
    patientId: patientId as PatientId,
    groupIds: open.map((membership) => membership.groupId as GroupId).sort(),
    version,
  };
}
