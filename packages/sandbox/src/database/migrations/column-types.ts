/**
 * What the columns are made of.
 * Text compares by code points on every server, whatever its locale: the order of a list and of its cursors depends on it.
 */
export const text = `text collate "C"`;

/** Milliseconds, as a `Date` has them; with more, a value read could not find its row again. */
export const instant = "timestamptz(3)";

/** A calendar date as `YYYY-MM-DD`: compared and ordered as the text that it is everywhere else. */
export const plainDate = (column: string) => `${text} check (${column} ~ '^\\d{4}-\\d\\d-\\d\\d$')`;

/** Not `jsonb`: that would lose the order of keys, and a repeated answer has to be the same bytes. */
export const json = "json";
