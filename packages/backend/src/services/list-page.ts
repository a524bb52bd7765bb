import { invalidCursor, readCursor, writeCursor } from "../domain/cursor.ts";
import type { SignedInCall } from "./service.ts";

const DEFAULT_LIMIT = 50;

interface PageInput {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/**
 * Cuts one page out of a short list that was read as a whole.
 * @param list.rows in order, with those that have left the list meanwhile where a cursor may still point at them
 * @param list.shown whether a row belongs to the list today
 * @throws {validation_failed} for a cursor of another list
 */
export async function pageOf<Row extends { readonly id: string }>(
  call: SignedInCall,
  input: PageInput,
  list: { readonly rows: readonly Row[]; readonly shown?: (row: Row) => boolean },
): Promise<{ rows: Row[]; nextCursor: string | null; total: number }> {
  const { keys } = call.ports;
  // The client's institution: that of its staff, and the one in which a patient uses it.
  const scope = [call.operationId, call.institution.id];
  const shown = list.shown ?? (() => true);
  const limit = input.limit ?? DEFAULT_LIMIT;
  let start = 0;
  if (input.cursor !== undefined) {
    const id = await readCursor(keys, scope, input.cursor);
    start = list.rows.findIndex((row) => row.id === id) + 1;
    if (start === 0) throw invalidCursor();
  }
  const rest = list.rows.slice(start).filter(shown);
  const rows = rest.slice(0, limit);
  const last = rows.at(-1);
  return {
    rows,
    nextCursor: last && rest.length > rows.length ? await writeCursor(keys, scope, last.id) : null,
    total: list.rows.filter(shown).length,
  };
}
