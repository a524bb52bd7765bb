import * as z from "zod/mini";

/** Ids are opaque UUIDs; the brand keeps a staff id from being passed where a patient id belongs. */
export const institutionId = z.uuid().brand<"InstitutionId">();
export const accountId = z.uuid().brand<"AccountId">();
export const sessionId = z.uuid().brand<"SessionId">();
export const staffId = z.uuid().brand<"StaffId">();
export const patientId = z.uuid().brand<"PatientId">();
export const groupId = z.uuid().brand<"GroupId">();
export const categoryId = z.uuid().brand<"CategoryId">();

export type InstitutionId = z.output<typeof institutionId>;
export type AccountId = z.output<typeof accountId>;
export type SessionId = z.output<typeof sessionId>;
export type StaffId = z.output<typeof staffId>;
export type PatientId = z.output<typeof patientId>;
export type GroupId = z.output<typeof groupId>;
export type CategoryId = z.output<typeof categoryId>;
