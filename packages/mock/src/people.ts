import { demoSignIns, demoTotp, type DemoSignIn } from "@welby/backend/seed";

/** A seeded account by what it is good for. */
export interface DemoPerson extends DemoSignIn {
  /** Of the authenticator app (base32), where one is asked for. */
  readonly totpSecret?: string;
}

const person = (loginId: string): DemoPerson => {
  const found = demoSignIns.find((one) => one.loginId === loginId);
  if (!found) throw new Error(`The demo has no account ${loginId}`);
  return { ...found, ...(found.totp && { totpSecret: demoTotp.secret }) };
};

/** The accounts of the demo; each belongs to the partner client it names. */
export const people = {
  /** 鈴木 健一, one of two administrators of みなと. */
  admin: person("suzuki@minato.example.jp"),
  /** 田中 美咲, the other one. */
  otherAdmin: person("tanaka@minato.example.jp"),
  /** 髙橋 由美, no administrator. */
  staff: person("takahashi@minato.example.jp"),
  /** 山﨑 進, the only administrator of さくら坂. */
  soleAdmin: person("yamasaki@sakura.example.jp"),
  /** The administrator of 架空大学, who needs an authenticator app. */
  mfaAdmin: person("admin@kakuu.example.jp"),
  /** 佐藤 和子. */
  patient: person("sato.kazuko@example.jp"),
} as const satisfies Record<string, DemoPerson>;

export type PersonName = keyof typeof people;
