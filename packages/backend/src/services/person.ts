import type { Role } from "@welby/contract";
import type { AccountRecord } from "../ports/records.ts";
import type { Transaction } from "../ports/store.ts";

/** Who an account is today. */
export interface Person {
  readonly role: Role;
  readonly staffId: string | null;
  readonly patientId: string | null;
  readonly name: string;
  /** False for a suspended, removed or closed account: it can do nothing at all. */
  readonly active: boolean;
  /** Added, but has not set a password yet. */
  readonly invited: boolean;
  /** Words that must not stand in a password. */
  readonly words: readonly string[];
}

/** Reads the person behind an account; undefined for an account that belongs to nobody (any more). */
export async function findPerson(
  transaction: Transaction,
  account: AccountRecord,
): Promise<Person | undefined> {
  const open = account.closedAt === null;
  if (account.kind === "staff") {
    const staff = await transaction.staff.get({ accountId: account.id });
    if (!staff) return undefined;
    return {
      role: staff.role,
      staffId: staff.id,
      patientId: null,
      name: staff.nameText,
      active: open && (staff.status === "active" || staff.status === "invited"),
      invited: staff.status === "invited",
      words: words(staff, staff.email),
    };
  }
  const patient = await transaction.patients.get({ accountId: account.id });
  const login = await transaction.loginIds.get({ accountId: account.id, type: "email" });
  if (!patient) return undefined;
  return {
    role: "patient",
    staffId: null,
    patientId: patient.id,
    name: patient.nameText,
    active: open,
    invited: false,
    words: patientWords(patient, login?.value ?? ""),
  };
}

/** Words that must not stand in the password of a patient. */
export function patientWords(
  patient: Named & { readonly birthDate: string | null },
  email: string,
): string[] {
  return [...words(patient, email), ...(patient.birthDate ? [patient.birthDate.replaceAll("-", "")] : [])];
}

interface Named {
  readonly nameText: string;
  readonly nameKana: string | null;
  readonly family: string | null;
  readonly given: string | null;
  readonly familyKana: string | null;
  readonly givenKana: string | null;
}

function words(named: Named, email: string): string[] {
  const parts = [
    named.nameText,
    named.nameKana,
    named.family,
    named.given,
    named.familyKana,
    named.givenKana,
  ];
  return [...parts, email.split("@")[0] ?? ""].filter((word) => word !== null && word !== "") as string[];
}
