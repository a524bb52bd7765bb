import * as z from "zod/mini";

/** Ids are opaque UUIDs in lower case (RFC 9562 reads them in any); the brand keeps a staff id from being passed where a patient id belongs. */
const id = () => z.uuid().check(z.toLowerCase());

export const institutionId = id().brand<"InstitutionId">();
export const accountId = id().brand<"AccountId">();
export const sessionId = id().brand<"SessionId">();
export const staffId = id().brand<"StaffId">();
export const patientId = id().brand<"PatientId">();
export const groupId = id().brand<"GroupId">();
export const categoryId = id().brand<"CategoryId">();
export const factorId = id().brand<"FactorId">();
export const auditEventId = id().brand<"AuditEventId">();
export const noticeId = id().brand<"NoticeId">();
export const incidentId = id().brand<"IncidentId">();

export type InstitutionId = z.output<typeof institutionId>;
export type AccountId = z.output<typeof accountId>;
export type SessionId = z.output<typeof sessionId>;
export type StaffId = z.output<typeof staffId>;
export type PatientId = z.output<typeof patientId>;
export type GroupId = z.output<typeof groupId>;
export type CategoryId = z.output<typeof categoryId>;
export type FactorId = z.output<typeof factorId>;
export type AuditEventId = z.output<typeof auditEventId>;
export type NoticeId = z.output<typeof noticeId>;
export type IncidentId = z.output<typeof incidentId>;
