// Marks, embeddings, overrides and isolates. The API refuses them in new names; older or foreign data may hold them.
const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/**
 * A name for showing, in a `<bdi>` or in a sentence: it can no longer reorder the line around it.
 * Everything else is kept byte for byte.
 */
export function displayName(name: string): string {
  const shown = name.replace(BIDI_CONTROLS, "");
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}
