// 異体字 met in Japanese names. Each group starts with the form the rest folds to. For searching only: people with 髙 and
// with 高 are different people. CJK compatibility ideographs (﨑 excepted) and variation selectors need no row, NFKC and
// the search fold deal with them.
const GROUPS =
  "高髙 崎﨑碕嵜 辺邊邉 斎齋斉齊 吉𠮷 浜濱濵 沢澤 広廣 国國圀 島嶋嶌 桜櫻 恵惠 真眞 徳德 竜龍 滝瀧 関關 塩鹽 園薗 槙槇 尭堯 " +
  "遥遙 瑶瑤 凛凜 曽曾 富冨 峰峯 桧檜 篭籠 条條 県縣 栄榮 児兒 実實 寿壽 将將 荘莊庄 静靜 浄淨 慎愼 粋粹 瀬瀨 禅禪 壮壯 聡聰 " +
  "蔵藏 巣巢 帯帶 鉄鐵銕 伝傳 稲稻 橋槗𣘺 髪髮 浅淺 薫薰 渓溪谿 芸藝 剣劍劔釼剱 厳嚴 黄黃 来來徠 頼賴 緑綠 涙淚 塁壘 礼禮 " +
  "歴歷 暦曆 恋戀 楼樓 郎郞 亘亙 弥彌 祢禰 宝寶寳 万萬 満滿 黙默 野埜 薬藥 与與 誉譽 予豫 余餘 様樣 謡謠 絵繪 円圓 艶艷 応應 " +
  "欧歐 価價 会會 懐懷 楽樂 巻卷 寛寬 気氣 帰歸 亀龜 旧舊 暁曉 勲勳 径徑 経經 継繼 鶏鷄雞 顕顯 恒恆 晃晄 鉱鑛 号號 黒黑 済濟 " +
  "参參 賛贊 糸絲 歯齒 収收 従從 渋澁澀 叙敍 奨奬 証證 乗乘 譲讓 尽盡 図圖 穂穗 枢樞 数數 声聲 青靑 清淸 摂攝 戦戰 双雙 総總 " +
  "増增 即卽 続續 体體 対對 台臺 択擇 昼晝 聴聽 鎮鎭 転轉 点點 灯燈 当當 独獨 読讀 縄繩 弐貳 麦麥 発發 秘祕 仏佛 並竝 変變 " +
  "舗舖 豊豐 翻飜 毎每 松枩柗 柳栁桺 桑桒 館舘 昇曻 喜㐂 鶴靏靍 船舩 隣鄰 蘇蘓 冴冱 涼凉 準凖 宜冝 裏裡 略畧 群羣 峡峽 岳嶽 " +
  "巌巖 姫姬 姉姊 学學斈 奥奧 土圡 郷鄕 鴬鶯 鯵鰺 麹麴 兎兔 員貟 回囘 尚尙 彦彥 悦悅 戸戶 教敎 晋晉 村邨 横橫 歩步 氷冰 " +
  "渕淵渊 温溫 為爲 焔焰 煕熙凞 珍珎 産產 留畄畱 砺礪 秋穐龝 穏穩 窪漥 竈竃 薮藪籔 縁緣 芦蘆 莱萊 蒋蔣 虎乕 蛍螢 衛衞 観觀 " +
  "説說 讃讚 録錄 顔顏 齢齡 祷禱 繋繫 蓑簑 蝉蟬 覚覺 諌諫 迩邇 鎌鐮 鈎鉤 雁鴈 靭靱 頬頰 騨驒 侠俠 倶俱 卯夘戼 厨廚 呑吞 哲喆 " +
  "噛嚙 填塡 屏屛 昂昻 柏栢 栖棲 潅灌 皐皋 禄祿 穣穰 箪簞 繍繡 荊荆 萌萠 鴎鷗 弁辨瓣辯 翠翆 耀燿 霊靈 瓶甁 鋭銳";

let folds: Map<string, string> | undefined;

/**
 * Replaces each kanji by the commonest form of its variants, for search keys.
 *
 * @example
 * foldKanjiVariants("髙﨑"); // "高崎"
 */
export function foldKanjiVariants(text: string): string {
  folds ??= new Map(
    GROUPS.split(" ").flatMap((group) => {
      const [common = "", ...variants] = group;
      return variants.map((variant) => [variant, common] as const);
    }),
  );
  let folded = "";
  for (const character of text) folded += folds.get(character) ?? character;
  return folded;
}
