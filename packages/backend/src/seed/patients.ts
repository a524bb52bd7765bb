import type { PatientLinkRecord, PatientRecord } from "../ports/records.ts";
import type { DemoInstitution } from "./institutions.ts";

export interface DemoPatient {
  /** Names the row in {@link seedId}. */
  readonly id: string;
  /** 姓 名; one entry for a name that cannot be split. */
  readonly name: readonly string[];
  readonly kana?: readonly string[];
  readonly birthDate: string;
  readonly sex: PatientRecord["sex"];
  /** As written on the card of each hospital; null where the card has none. */
  readonly links: Partial<Record<DemoInstitution, string | null>>;
  readonly status?: PatientLinkRecord["status"];
  /** The patient has an account of their own. */
  readonly login?: { readonly type: "email" | "phone"; readonly value: string };
  /** Names of groups of みなと. */
  readonly groups?: readonly string[];
}

const female = { sex: "female" } as const;
const male = { sex: "male" } as const;

/** Patients that put names, dates, numbers and states to the test. */
export const demoPatients: readonly DemoPatient[] = [
  // 同姓同名: the reading, the birth date and the number tell them apart.
  {
    id: "sato-kazuko",
    name: ["佐藤", "和子"],
    kana: ["サトウ", "カズコ"],
    birthDate: "1958-04-02",
    ...female,
    links: { minato: "00012345", sakura: "00123" },
    login: { type: "email", value: "sato.kazuko@example.jp" },
    groups: ["高血圧", "2型糖尿病", "栄養指導(髙橋)"],
  },
  {
    id: "sato-wako",
    name: ["佐藤", "和子"],
    kana: ["サトウ", "ワコ"],
    birthDate: "1972-10-10",
    ...female,
    links: { minato: "00023456" },
    groups: ["脂質異常症"],
  },
  // Characters that careless handling changes: outside the first plane, variation selector, compatibility ideographs.
  {
    id: "yoshida",
    name: ["\u{20BB7}田", "茂"],
    kana: ["ヨシダ", "シゲル"],
    birthDate: "1949-08-15",
    ...male,
    links: { minato: "00034567" },
    groups: ["2型糖尿病", "火曜午後"],
  },
  {
    id: "katsuragi",
    name: ["\u845B\u{E0100}城", "誠"],
    kana: ["カツラギ", "マコト"],
    birthDate: "1961-12-03",
    ...male,
    links: { minato: "00045678" },
    groups: ["慢性腎臓病"],
  },
  {
    id: "fukuda",
    name: ["\uFA1B田", "花子"],
    kana: ["フクダ", "ハナコ"],
    birthDate: "1983-03-21",
    ...female,
    links: { minato: "00056789" },
    groups: ["妊娠糖尿病"],
  },
  {
    id: "sakiyama",
    name: ["\uFA11山", "大輔"],
    kana: ["サキヤマ", "ダイスケ"],
    birthDate: "1978-06-30",
    ...male,
    links: { minato: "00067890", sakura: "00456" },
    groups: ["特定保健指導"],
  },
  // One birth on each side of the era boundaries, and on a leap day.
  {
    id: "era-taisho",
    name: ["大正", "ハル"],
    kana: ["タイショウ", "ハル"],
    birthDate: "1926-12-24",
    ...female,
    links: { minato: "00070001" },
    groups: ["要フォロー"],
  },
  {
    id: "era-showa-first",
    name: ["昭和", "ハジメ"],
    kana: ["ショウワ", "ハジメ"],
    birthDate: "1926-12-25",
    ...male,
    links: { minato: "00070002" },
  },
  {
    id: "era-showa-last",
    name: ["昭島", "末子"],
    kana: ["アキシマ", "スエコ"],
    birthDate: "1989-01-07",
    ...female,
    links: { minato: "00070003" },
  },
  {
    id: "era-heisei",
    name: ["平成", "太一"],
    kana: ["タイラナリ", "タイチ"],
    birthDate: "1989-01-08",
    ...male,
    links: { minato: "00070004" },
  },
  {
    id: "era-reiwa",
    name: ["令和", "陽葵"],
    kana: ["ヨシカズ", "ヒマリ"],
    birthDate: "2019-05-01",
    ...female,
    links: { minato: "00070005" },
    groups: ["1型糖尿病"],
  },
  {
    id: "leap-day",
    name: ["閏間", "二月"],
    kana: ["ウルマ", "フヅキ"],
    birthDate: "2000-02-29",
    ...female,
    links: { minato: "00070006" },
  },
  // A name that cannot be split and has no reading; a name in kana only.
  {
    id: "nguyen",
    name: ["NGUYEN VAN AN"],
    birthDate: "1996-11-05",
    ...male,
    links: { minato: "00080001" },
    groups: ["リブレ使用"],
  },
  {
    id: "kana-only",
    name: ["ミヤモト", "ハナ"],
    kana: ["ミヤモト", "ハナ"],
    birthDate: "1941-02-11",
    ...female,
    links: { minato: "00080002" },
    groups: ["遠方"],
  },
  // Accounts: an address of the old carrier kind; a phone number only. No number on the card.
  {
    id: "carrier-mail",
    name: ["中村", "光"],
    kana: ["ナカムラ", "ヒカル"],
    birthDate: "1969-07-20",
    ...male,
    links: { minato: "00090001" },
    login: { type: "email", value: "ab..c@docomo.ne.jp" },
  },
  {
    id: "phone-only",
    name: ["小川", "清"],
    kana: ["オガワ", "キヨシ"],
    birthDate: "1945-09-02",
    ...male,
    links: { minato: null },
    login: { type: "phone", value: "+819000000001" },
  },
  // Not (or no longer) linked: never in a list, and no group takes them.
  {
    id: "link-requested",
    name: ["森", "愛子"],
    kana: ["モリ", "アイコ"],
    birthDate: "1990-01-23",
    ...female,
    links: { minato: "00095001" },
    status: "requested",
  },
  {
    id: "link-revoked",
    name: ["池田", "勝"],
    kana: ["イケダ", "マサル"],
    birthDate: "1955-05-05",
    ...male,
    links: { minato: "00095002" },
    status: "revoked",
  },
  {
    id: "link-unlinked",
    name: ["橋本", "恵"],
    kana: ["ハシモト", "メグミ"],
    birthDate: "1966-06-16",
    ...female,
    links: { minato: "00095003" },
    status: "unlinked",
  },
  // Other hospitals.
  {
    id: "sakura-1",
    name: ["清水", "正"],
    kana: ["シミズ", "タダシ"],
    birthDate: "1952-03-14",
    ...male,
    links: { sakura: "00789" },
  },
  {
    id: "sakura-2",
    name: ["岡田", "節子"],
    kana: ["オカダ", "セツコ"],
    birthDate: "1947-10-01",
    ...female,
    links: { sakura: "01011" },
  },
  {
    id: "kakuu-1",
    name: ["架空", "一郎"],
    kana: ["カクウ", "イチロウ"],
    birthDate: "1964-10-10",
    ...male,
    links: { kakuu: "A-012345" },
  },
  {
    id: "kakuu-2",
    name: ["虚構", "桜"],
    kana: ["キョコウ", "サクラ"],
    birthDate: "1987-04-01",
    ...female,
    links: { kakuu: "B-000777" },
  },
];
