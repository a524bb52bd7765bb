let segmenter: Intl.Segmenter | undefined;

function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("ja", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/**
 * Counts what a reader sees as characters (grapheme clusters): 葛󠄀, 𠮷 and 👨‍👩‍👧 are one each.
 *
 * @example
 * graphemeCount("𠮷田👨‍👩‍👧"); // 3
 */
export function graphemeCount(text: string): number {
  return [...segments(text)].length;
}

/**
 * Keeps the first `max` graphemes, never splitting one; `ellipsis` is added (on top of `max`) only when something was cut.
 *
 * @example
 * truncateGraphemes("𠮷田太郎", 2, "…"); // "𠮷田…"
 */
export function truncateGraphemes(text: string, max: number, ellipsis = ""): string {
  let count = 0;
  for (const { index } of segments(text)) {
    if (count >= max) return text.slice(0, index) + ellipsis;
    count++;
  }
  return text;
}

/**
 * Counts Unicode code points, the length that password rules use.
 *
 * @example
 * codePointLength("𠮷"); // 1
 */
export function codePointLength(text: string): number {
  return [...text].length;
}
