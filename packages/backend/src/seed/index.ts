// The demo
export { seedDemo } from "./demo.ts";
export type { SeedDemoOptions, SeededDemo } from "./demo.ts";
export { demoPassword, demoSignIns, demoTotp } from "./sign-ins.ts";
export type { DemoSignIn } from "./sign-ins.ts";

// Its fixed rows, for stories and tests
export { institutions } from "./institutions.ts";
export type { DemoInstitution, PortalPlace } from "./institutions.ts";
export { demoGroups } from "./groups.ts";
export { demoPatients } from "./patients.ts";
export type { DemoPatient } from "./patients.ts";
export { demoStaff } from "./staff.ts";
export type { DemoStaff } from "./staff.ts";
export { groupId, patientId, staffId } from "./rows.ts";
export { seedId } from "./ids.ts";

// Many invented patients
export { generatePatients, plausiblePatients } from "./generator.ts";
export type { PlausiblePatient } from "./generator.ts";
