import type { StaffRecord } from "../ports/records.ts";
import type { DemoInstitution } from "./institutions.ts";

export interface DemoStaff {
  readonly institution: DemoInstitution;
  /** 姓 名, as written and as read. */
  readonly name: readonly [string, string];
  readonly kana: readonly [string, string];
  readonly email: string;
  readonly occupation: string;
  readonly role: StaffRecord["role"];
  readonly status: StaffRecord["status"];
  readonly totp?: true;
}

const minato = { institution: "minato", role: "staff", status: "active" } as const;
const sakura = { ...minato, institution: "sakura" } as const;

/** Every status and role occurs; さくら坂 has a sole administrator. */
export const demoStaff: readonly DemoStaff[] = [
  {
    ...minato,
    name: ["鈴木", "健一"],
    kana: ["スズキ", "ケンイチ"],
    email: "suzuki@minato.example.jp",
    occupation: "医師",
    role: "admin",
  },
  {
    ...minato,
    name: ["田中", "美咲"],
    kana: ["タナカ", "ミサキ"],
    email: "tanaka@minato.example.jp",
    occupation: "看護師",
    role: "admin",
  },
  {
    ...minato,
    name: ["髙橋", "由美"],
    kana: ["タカハシ", "ユミ"],
    email: "takahashi@minato.example.jp",
    occupation: "管理栄養士",
  },
  {
    ...minato,
    name: ["渡邉", "隆"],
    kana: ["ワタナベ", "タカシ"],
    email: "watanabe@minato.example.jp",
    occupation: "薬剤師",
    status: "suspended",
  },
  {
    ...minato,
    name: ["斎藤", "あゆみ"],
    kana: ["サイトウ", "アユミ"],
    email: "saito@minato.example.jp",
    occupation: "医療事務",
    status: "invited",
  },
  {
    ...minato,
    name: ["李", "美玲"],
    kana: ["リ", "ミレイ"],
    email: "ri@minato.example.jp",
    occupation: "看護師",
  },
  {
    ...minato,
    name: ["佐々木", "一"],
    kana: ["ササキ", "ハジメ"],
    email: "sasaki@minato.example.jp",
    occupation: "理学療法士",
    status: "removed",
  },
  {
    ...sakura,
    name: ["山\uFA11", "進"],
    kana: ["ヤマザキ", "ススム"],
    email: "yamasaki@sakura.example.jp",
    occupation: "医師",
    role: "admin",
  },
  {
    ...sakura,
    name: ["小林", "さくら"],
    kana: ["コバヤシ", "サクラ"],
    email: "kobayashi@sakura.example.jp",
    occupation: "看護師",
  },
  {
    institution: "kakuu",
    name: ["大野", "真理"],
    kana: ["オオノ", "マリ"],
    email: "admin@kakuu.example.jp",
    occupation: "医療情報部",
    role: "admin",
    status: "active",
    totp: true,
  },
];
