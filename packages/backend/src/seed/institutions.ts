import type { InstitutionRecord, PartnerClientRecord } from "../ports/records.ts";
import { seedId } from "./ids.ts";

/** Clause 3 and AU-4: what an institution keeps unless its contract says otherwise. */
const RETENTION = { patientDays: 365, auditYears: 5 } as const;
const UNCHANGED = { version: 1, changedBy: null, changedAt: null } as const;

/** The three hospitals of the demo, all invented. */
export const institutions = {
  minato: {
    id: seedId("institution:minato"),
    name: "みなと青空総合病院",
    nameKana: "ミナトアオゾラソウゴウビョウイン",
    medicalInstitutionCode: "1312345670",
    patientNumber: { pad: true, length: 8, charset: "digits" },
    idleTimeoutMin: 15,
    passwordPreset: "default",
    // On for a new institution; off here so that the demo needs no second device.
    mfaRequired: false,
    seats: 50,
    incidentContacts: ["anzen@minato.example.jp", "jouhou@minato.example.jp"],
    contractEndsOn: "2029-03-31",
    retention: RETENTION,
    ...UNCHANGED,
  },
  sakura: {
    id: seedId("institution:sakura"),
    name: "さくら坂内科クリニック",
    nameKana: "サクラザカナイカクリニック",
    medicalInstitutionCode: "1311234567",
    patientNumber: { pad: true, length: 5, charset: "digits" },
    idleTimeoutMin: 15,
    passwordPreset: "default",
    mfaRequired: false,
    // One more account fits: the next one meets `seat_limit`.
    seats: 3,
    // None: an incident is told to the administrators.
    incidentContacts: [],
    contractEndsOn: "2028-09-30",
    retention: RETENTION,
    ...UNCHANGED,
  },
  kakuu: {
    id: seedId("institution:kakuu"),
    name: "架空大学附属病院",
    nameKana: "カクウダイガクフゾクビョウイン",
    medicalInstitutionCode: "1319876543",
    patientNumber: { pad: false, length: null, charset: "alphanumeric" },
    idleTimeoutMin: 15,
    passwordPreset: "default",
    mfaRequired: true,
    seats: null,
    incidentContacts: ["csirt@kakuu.example.jp"],
    contractEndsOn: null,
    retention: { patientDays: 1825, auditYears: 10 },
    ...UNCHANGED,
  },
} as const satisfies Record<string, InstitutionRecord>;

export type DemoInstitution = keyof typeof institutions;

/** Where the demo's pages live; the first origin stands in mail links. */
export interface PortalPlace {
  /** e.g. `http://localhost:8080`. All of them may call the API from a browser. */
  readonly portalOrigins: readonly string[];
  /** Pages that mail links lead to; `/password-reset.html`, `/` and `/register.html` of the first origin unless told. */
  readonly urls?: PartnerClientRecord["urls"];
}

/** The partner clients: one for each hospital's portal, and a server without browser origins. */
export function partnerClients({ portalOrigins, urls }: PortalPlace): PartnerClientRecord[] {
  const origin = portalOrigins[0] ?? "http://localhost:8080";
  const portal = (clientId: string, institution: DemoInstitution): PartnerClientRecord => ({
    clientId,
    institutionId: institutions[institution].id,
    name: `${institutions[institution].name} ポータル`,
    allowedOrigins: [...portalOrigins],
    tokenBinding: "dpop",
    rpId: new URL(origin).hostname,
    urls: urls ?? {
      passwordReset: `${origin}/password-reset.html`,
      invitation: `${origin}/`,
      registration: `${origin}/register.html`,
    },
    webhookEndpoints: [],
  });
  return [
    portal("demo-portal", "minato"),
    portal("sakura-portal", "sakura"),
    portal("kakuu-portal", "kakuu"),
    {
      ...portal("demo-server", "minato"),
      name: "みなと青空総合病院 サーバー連携",
      allowedOrigins: [],
      // No pages, so no passkeys either.
      rpId: null,
      tokenBinding: "bearer",
    },
  ];
}
