import type { WelbyClient } from "@welby/sdk";

// What the client's methods answer, by the glossary's names. Derived, so that a change of the contract shows at once.
type Answer<Method extends (...args: never[]) => unknown> = Awaited<ReturnType<Method>>;

export type StaffMember = Answer<WelbyClient["staff"]["get"]>;
export type RoleChangesPreview = Answer<WelbyClient["staff"]["previewRoles"]>;
export type PatientGroup = Answer<WelbyClient["groups"]["create"]>;
export type GroupCategory = Answer<WelbyClient["categories"]["list"]>["items"][number];
export type PatientRow = Answer<WelbyClient["patients"]["search"]>["items"][number];
export type Me = Answer<WelbyClient["me"]["get"]>;
