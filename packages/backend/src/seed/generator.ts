import { formatPlainDate } from "@welby/text";
import { patientKeys } from "../domain/patient-keys.ts";
import type { PatientLinkRecord, PatientRecord } from "../ports/records.ts";
import type { Store } from "../ports/store.ts";
import { seededNumbers, seedId } from "./ids.ts";
import { familyNames, givenNames } from "./name-pool.ts";

export interface PlausiblePatient {
  readonly patient: PatientRecord;
  readonly link: PatientLinkRecord;
}

type Place = Pick<Parameters<typeof patientKeys>[2], "pad" | "length" | "charset">;

/**
 * Invented patients linked to an institution, always the same for the same seed number and position.
 * @example [...plausiblePatients(institution, { seed: 1, count: 3 })].length // 3
 */
export function* plausiblePatients(
  institution: { readonly id: string; readonly patientNumber: Place },
  { seed, count, first = 0 }: { seed: number; count: number; first?: number },
): Generator<PlausiblePatient> {
  for (let index = first; index < first + count; index++) {
    const next = seededNumbers(seed * 1_000_003 + index);
    const sex = next() < 0.52 ? "female" : "male";
    const [family, familyKana] = pick(familyNames, next());
    const [given, givenKana] = pick(givenNames[sex], next());
    const patient: PatientRecord = {
      id: seedId(`${institution.id}/patient/${seed}/${index}`),
      accountId: null,
      nameText: `${family} ${given}`,
      nameKana: `${familyKana} ${givenKana}`,
      family,
      given,
      familyKana,
      givenKana,
      birthDate: birthDate(next),
      sex,
      version: 1,
      changedAt: null,
      purgeAfter: null,
      legalHold: null,
    };
    const link: PatientLinkRecord = {
      id: seedId(`${institution.id}/link/${seed}/${index}`),
      patientId: patient.id,
      institutionId: institution.id,
      status: "linked",
      version: 1,
      changedBy: null,
      changedAt: null,
      ...patientKeys(patient, cardNumber(institution.patientNumber, index), institution.patientNumber),
    };
    yield { patient, link };
  }
}

/**
 * Writes `count` invented patients in batches; may be called again for more.
 * @param options.onProgress called after each batch with the number written so far
 */
export async function generatePatients(
  store: Store,
  options: {
    readonly institution: { readonly id: string; readonly patientNumber: Place };
    readonly count: number;
    /** 1 unless told. */
    readonly seed?: number;
    readonly batchSize?: number;
    readonly onProgress?: (written: number, total: number) => void;
  },
): Promise<void> {
  const { institution, count, seed = 1, batchSize = 1000, onProgress } = options;
  // Continues behind everybody who is there, so a second run meets neither its own ids nor its numbers.
  const first = await store.transaction((tx) => tx.patientLinks.count({ institutionId: institution.id }));
  for (let written = 0; written < count;) {
    const batch = [
      ...plausiblePatients(institution, {
        seed,
        count: Math.min(batchSize, count - written),
        first: first + written,
      }),
    ];
    await store.transaction(async (tx) => {
      await tx.patients.insertMany(batch.map((row) => row.patient));
      await tx.patientLinks.insertMany(batch.map((row) => row.link));
    });
    written += batch.length;
    onProgress?.(written, count);
  }
}

// Scattered, never repeated within its range, and clear of the numbers that the demo writes by hand (below 1,000,000).
function cardNumber({ length, charset }: Place, index: number): string {
  if (charset === "alphanumeric") return `C-${String(index).padStart(6, "0")}`;
  const digits = Math.min(length ?? 8, 8);
  const free = 9 * 10 ** (digits - 1);
  return String(10 ** (digits - 1) + ((index * 7919) % free));
}

// Most patients of an internal clinic are between 40 and 90.
function birthDate(next: () => number): string {
  const age = next() < 0.85 ? 40 + Math.floor(next() * 50) : 5 + Math.floor(next() * 35);
  return formatPlainDate({
    year: 2026 - age,
    month: 1 + Math.floor(next() * 12),
    day: 1 + Math.floor(next() * 28),
  });
}

function pick<T>(list: readonly T[], chance: number): T {
  return list[Math.floor(chance * list.length)] as T;
}
