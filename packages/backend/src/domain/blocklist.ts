/*
 * Passwords that guessers try first, as rules instead of a dump: whoever has to fill 15 places repeats, counts, walks along
 * the keyboard, or strings a few worn words together. The words below were chosen by hand for this project after the kinds
 * that published studies of leaked passwords name (keyboard walks, "password" and its kin, love, pets, seasons, places, teams,
 * years); Japanese ones in romaji and kana. No leaked list was copied. A password is common when nothing is left of it after
 * all of that is taken away and it has at most two different words, little words not counted.
 */
const WORDS = `
password passwd pass passcode passphrase secret secure security login logon signin user username admin administrator root system
master manager owner guest test tester testing demo sample example default temp temporary change changeme letmein letme welcome
hello access account private public server computer internet network windows android iphone google apple amazon facebook twitter
instagram youtube yahoo microsoft office database hospital clinic doctor nurse patient health medical care karte carte staff team
love iloveyou loveyou lovely loveme sweet honey baby angel princess prince queen king star sunshine summer winter spring autumn
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november
december monkey dragon tiger lion eagle horse rabbit kitty puppy cat dog bird fish banana apple orange cherry lemon peach chocolate
cookie coffee flower rose lucky happy smile forever freedom money super superman batman pokemon pikachu mickey disney kitten
football baseball soccer tennis basketball hockey golf music guitar piano game gamer player winner champion shadow hunter killer
ninja samurai warrior matrix starwars trustno whatever nothing something anything qwerty azerty qweasd qweasdzxc new old first
japan nihon nippon tokyo osaka kyoto nagoya sapporo fukuoka yokohama kobe sakura himawari tanpopo hanako taro tarou ichiro jiro
yuki haru natsu aki fuyu sora umi yama kawa neko inu usagi tanuki arigatou arigato konnichiwa ohayou sayonara daisuki aishiteru
suki kawaii kazoku tomodachi sensei gakusei gakkou byouin isha kangoshi kanja sato suzuki takahashi tanaka ito watanabe yamamoto
nakamura kobayashi kato anpanman doraemon totoro naruto goku hello world good morning night day year pasuwado himitsu
パスワード ぱすわーど 暗証番号 ひみつ 秘密 さくら 桜 はな 花 たろう 太郎 はなこ 花子 ありがとう こんにちは あいうえお かきくけこ
さしすせそ アイウエオ カキクケコ いろはにほへと 病院 医師 看護師 患者 日本 東京 大阪 大好き 愛してる
`
  .trim()
  .split(/\s+/);

/** Little words that hold others together. */
const FILLERS = [
  "a",
  "an",
  "and",
  "i",
  "is",
  "it",
  "me",
  "my",
  "no",
  "not",
  "of",
  "our",
  "the",
  "this",
  "that",
  "to",
  "you",
  "your",
];

/** Runs that are typed without thinking, forwards and backwards. */
const WALKS = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "qazwsxedcrfvtgbyhnujmikolp",
  "qwertyuiopasdfghjklzxcvbnm",
  "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
  "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
  "いろはにほへとちりぬるをわかよたれそつねならむ",
].flatMap((walk) => [walk, [...walk].reverse().join("")]);

const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};
const MIN_WALK = 3;
const MAX_DISTINCT_WORDS = 2;

const words = new Set(WORDS);
const fillers = new Set(FILLERS);
const longestWord = Math.max(...WORDS.map((word) => word.length));

/** Whether a password is made of nothing but what everybody types. Takes the NFKC form, at most 256 code points. */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  const leet = [...text].map((char) => LEET[char] ?? char).join("");
  return [text, leet].some((form) => isPeriodic(form) || isMadeOfCommons(form));
}

/** A short piece over and over: "koharukoharukoharu". */
function isPeriodic(text: string): boolean {
  const period = (text + text).indexOf(text, 1);
  return period <= text.length / 2 && period <= 8;
}

/**
 * Walks through the text keeping, for each place that can be reached, the fewest different words needed to come there.
 * Digits, punctuation and walks cost nothing; a longer rest of anything else cannot be passed.
 */
function isMadeOfCommons(text: string): boolean {
  const reached: (ReadonlySet<string> | undefined)[] = Array<undefined>(text.length + 1).fill(undefined);
  reached[0] = new Set();
  const arrive = (at: number, used: ReadonlySet<string>) => {
    const known = reached[at];
    if (!known || used.size < known.size) reached[at] = used;
  };
  for (let at = 0; at < text.length; at++) {
    const used = reached[at];
    if (!used) continue;
    if (/[\d\s\p{P}\p{S}]/u.test(text.charAt(at))) arrive(at + 1, used);
    const walk = walkLength(text, at);
    for (let length = MIN_WALK; length <= walk; length++) arrive(at + length, used);
    for (let length = 1; length <= Math.min(longestWord, text.length - at); length++) {
      const piece = text.slice(at, at + length);
      if (fillers.has(piece)) arrive(at + length, used);
      else if (words.has(piece)) arrive(at + length, used.has(piece) ? used : new Set([...used, piece]));
    }
  }
  return (reached[text.length]?.size ?? Infinity) <= MAX_DISTINCT_WORDS;
}

/** How many characters from here follow a walk or repeat one character. */
function walkLength(text: string, at: number): number {
  let longest = 1;
  while (text[at + longest] === text[at]) longest++;
  for (const walk of WALKS) {
    for (
      let from = walk.indexOf(text.charAt(at));
      from !== -1;
      from = walk.indexOf(text.charAt(at), from + 1)
    ) {
      let length = 1;
      while (
        at + length < text.length &&
        from + length < walk.length &&
        text[at + length] === walk[from + length]
      )
        length++;
      longest = Math.max(longest, length);
    }
  }
  return longest;
}
