import type { DemoInstitution } from "./institutions.ts";

/** Categories with their groups, in order; null is 未分類. */
export const demoGroups: Record<DemoInstitution, readonly (readonly [string | null, readonly string[]])[]> = {
  minato: [
    ["疾患", ["高血圧", "2型糖尿病", "1型糖尿病", "妊娠糖尿病", "脂質異常症", "慢性腎臓病"]],
    ["プログラム", ["糖尿病教育入院", "特定保健指導", "禁煙外来", "リブレ使用"]],
    ["担当", ["鈴木医師", "栄養指導(髙橋)"]],
    ["曜日外来", ["火曜午後", "金曜午前"]],
    [
      null,
      [
        "要フォロー",
        "遠方",
        // Traps: CKD must then answer `duplicate_name`; a leading space; emoji; exactly 50 graphemes; markup that must stay text.
        "ＣＫＤ",
        " 先頭に空白のあるグループ",
        "🌸お花見ウォーキング👟",
        "とても長い名前のグループを作ったときに一覧や選択肢の表示がくずれないかどうかを確かめるための見本です",
        "<b>太字</b>ではないグループ",
      ],
    ],
  ],
  sakura: [
    ["疾患", ["高血圧", "糖尿病"]],
    [null, ["訪問診療"]],
  ],
  kakuu: [["研究", ["観察研究A", "観察研究B"]]],
};
