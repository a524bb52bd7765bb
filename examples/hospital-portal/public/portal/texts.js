// The portal's own words. The kit's elements bring theirs.
const ja = {
  menu: "メニュー",
  patients: "患者さん一覧",
  staff: "スタッフの権限",
  my: "マイページ",
  signOut: "ログアウト",
  forPatients: "患者さんのログインはこちら",
  forStaff: "医療従事者のログインはこちら",
  query: "氏名・フリガナ・診察券番号",
  search: "検索する",
  more: "続きを表示する",
  pick: "選択",
  name: "氏名",
  birthDate: "生年月日",
  patientNumber: "診察券番号",
  groups: "グループ",
  assign: "グループに割り当てる",
  pickFirst: "一覧から患者さんを選んでください。",
  picked: "{count}人を選択しています。",
  pickOne: "{name}さんを選ぶ",
  sameName: "同姓同名",
  loading: "読み込んでいます…",
  found: "{total}人中 {shown}人を表示しています。",
  none: "該当する患者さんはいません。",
  addStaff: "スタッフを追加する",
  addHelp: "初期パスワードを記載した案内メールが、ご本人に届きます。",
  family: "姓",
  given: "名",
  familyKana: "セイ(カタカナ)",
  givenKana: "メイ(カタカナ)",
  email: "メールアドレス",
  add: "追加する",
  added: "{name}さんを追加し、案内メールを送りました。",
  fieldProblem: "「{field}」の入力内容をご確認ください。",
  greeting: "{name}さん、こんにちは。",
  signedOut: "ログアウトしました。",
  expired: "ログインの有効期限が切れました。もう一度ログインしてください。",
  requestId: "お問い合わせ番号: {id}",
  language: "English",
  title: "みなと青空総合病院",
};
const en = {
  menu: "Menu",
  patients: "Patients",
  staff: "Staff roles",
  my: "My page",
  signOut: "Sign out",
  forPatients: "Sign-in for patients",
  forStaff: "Sign-in for hospital staff",
  query: "Name, reading or patient number",
  search: "Search",
  more: "Show more",
  pick: "Select",
  name: "Name",
  birthDate: "Date of birth",
  patientNumber: "Patient number",
  groups: "Groups",
  assign: "Assign to groups",
  pickFirst: "Pick patients from the list.",
  picked: "{count} selected.",
  pickOne: "Select {name}",
  sameName: "Same name",
  loading: "Loading…",
  found: "Showing {shown} of {total}.",
  none: "No patients match.",
  addStaff: "Add a staff member",
  addHelp: "A welcome mail with the initial password is sent to this person.",
  family: "Family name",
  given: "Given name",
  familyKana: "Family name (katakana)",
  givenKana: "Given name (katakana)",
  email: "E-mail address",
  add: "Add",
  added: "{name} was added and the welcome mail was sent.",
  fieldProblem: 'Please check "{field}".',
  greeting: "Hello, {name}.",
  signedOut: "You have signed out.",
  expired: "Your sign-in has expired. Please sign in again.",
  requestId: "Request id: {id}",
  language: "日本語",
  title: "Minato Aozora General Hospital",
};

/** @type {"ja" | "en"} */
export const locale = localStorage.getItem("portal-language") === "en" ? "en" : "ja";

/** @param {keyof typeof ja} key @param {Record<string, string | number>} [values] */
export function say(key, values = {}) {
  return (locale === "en" ? en : ja)[key].replace(/\{(\w+)\}/g, (whole, name) =>
    String(values[name] ?? whole),
  );
}

/** Puts the page's own words into the language that was chosen, and offers the other one. */
export function translatePage() {
  const switcher = /** @type {HTMLButtonElement} */ (document.querySelector("#language"));
  switcher.lang = locale === "en" ? "ja" : "en";
  switcher.addEventListener("click", () => {
    localStorage.setItem("portal-language", locale === "en" ? "ja" : "en");
    location.reload();
  });
  if (locale === "ja") return;
  document.documentElement.lang = "en";
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-text]"))) {
    node.textContent = say(/** @type {keyof typeof ja} */ (node.dataset["text"]));
  }
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-label]"))) {
    node.setAttribute("aria-label", say(/** @type {keyof typeof ja} */ (node.dataset["label"])));
  }
  for (const node of document.querySelectorAll(".brand")) node.textContent = say("title");
  switcher.textContent = say("language");
}
