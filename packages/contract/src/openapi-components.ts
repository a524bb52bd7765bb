import * as z from "zod/mini";
import * as schemas from "./schemas/index.ts";

/** Shared schemas by the name that they have in the OpenAPI document. */
const components = {
  AccountId: schemas.accountId,
  CategoryId: schemas.categoryId,
  GroupId: schemas.groupId,
  InstitutionId: schemas.institutionId,
  PatientId: schemas.patientId,
  SessionId: schemas.sessionId,
  StaffId: schemas.staffId,

  NameInput: schemas.nameInput,
  PersonName: schemas.personName,

  SessionGrant: schemas.sessionGrant,
  SignInResult: schemas.signInResult,
  Me: schemas.me,

  RowAction: schemas.rowAction,
  StaffInput: schemas.staffInput,
  StaffMember: schemas.staffMember,
  StaffPage: schemas.staffPage,
  RoleInput: schemas.roleInput,
  RoleChangesInput: schemas.roleChangesInput,
  RoleChangesPreview: schemas.roleChangesPreview,
  RoleChangesResult: schemas.roleChangesResult,

  CategoryPage: schemas.categoryPage,
  GroupCategory: schemas.groupCategory,
  GroupInput: schemas.groupInput,
  GroupPage: schemas.groupPage,
  MembersInput: schemas.membersInput,
  MembersResult: schemas.membersResult,
  PatientGroup: schemas.patientGroup,

  PatientGroups: schemas.patientGroups,
  PatientGroupsInput: schemas.patientGroupsInput,
  PatientPage: schemas.patientPage,
  PatientRow: schemas.patientRow,
  PatientSearch: schemas.patientSearch,

  Health: schemas.health,
  Meta: schemas.meta,
  PasswordPolicy: schemas.passwordPolicy,

  Conflict: schemas.conflict,
  FieldError: schemas.fieldError,
  Problem: schemas.problem,
};

/**
 * Gives the shared schemas their names, by which zod-openapi refers to them. Not by its own `components`: what stands
 * there counts as used in requests, and every schema of an answer would appear twice.
 */
export function nameComponents(): void {
  for (const [id, schema] of Object.entries(components)) {
    if (z.globalRegistry.get(schema)?.id !== id) z.globalRegistry.add(schema, { id });
  }
}
