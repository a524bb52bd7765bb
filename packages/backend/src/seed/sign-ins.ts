import type { Audience } from "@welby/contract/schemas";

/** An account that a reader of the README can sign in with. */
export interface DemoSignIn {
  readonly clientId: string;
  readonly institution: string;
  readonly audience: Audience;
  readonly name: string;
  /** What the account is good for in the demo. */
  readonly role: { readonly ja: string; readonly en: string };
  readonly loginId: string;
  readonly password: string;
  /** Asks for a second factor: the authenticator code of {@link demoTotp}. */
  readonly totp?: true;
}

/** The password of every seeded account. Production mode refuses to start with it. */
export const demoPassword = "asagao-tegami-koharu-7";

const minato = {
  clientId: "demo-portal",
  institution: "みなと青空総合病院",
  audience: "staff",
  password: demoPassword,
} as const;
const admin = { ja: "管理者", en: "administrator" };

/** The one source for README, sandbox, stories and tests. */
export const demoSignIns: readonly DemoSignIn[] = [
  { ...minato, name: "鈴木 健一", role: admin, loginId: "suzuki@minato.example.jp" },
  { ...minato, name: "田中 美咲", role: admin, loginId: "tanaka@minato.example.jp" },
  {
    ...minato,
    name: "髙橋 由美",
    role: { ja: "スタッフ", en: "staff" },
    loginId: "takahashi@minato.example.jp",
  },
  {
    ...minato,
    clientId: "sakura-portal",
    institution: "さくら坂内科クリニック",
    name: "山\uFA11 進",
    role: { ja: "ただ1人の管理者", en: "sole administrator" },
    loginId: "yamasaki@sakura.example.jp",
  },
  {
    ...minato,
    clientId: "kakuu-portal",
    institution: "架空大学附属病院",
    name: "大野 真理",
    role: { ja: "管理者(認証アプリが必要)", en: "administrator (needs an authenticator app)" },
    loginId: "admin@kakuu.example.jp",
    totp: true,
  },
  {
    ...minato,
    audience: "patient",
    name: "佐藤 和子",
    role: { ja: "患者さん", en: "patient" },
    loginId: "sato.kazuko@example.jp",
  },
];

/** The second factor of the administrator of 架空大学附属病院; the sandbox prints it. */
export const demoTotp = {
  loginId: "admin@kakuu.example.jp",
  /** Base32. */
  secret: "K5SWYYTZIRSW23ZNKBXXE5DBNQWWIZLN",
  uri: "otpauth://totp/Welby%20demo:admin%40kakuu.example.jp?secret=K5SWYYTZIRSW23ZNKBXXE5DBNQWWIZLN&issuer=Welby%20demo",
} as const;
