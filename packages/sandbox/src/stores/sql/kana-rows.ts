/** The headings of the 五十音 index in their order; what does not start with kana comes last. */
export const KANA_ROWS = ["あ", "か", "さ", "た", "な", "は", "ま", "や", "ら", "わ", "他"] as const;
