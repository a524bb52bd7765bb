/** One page as the API answers it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/**
 * A list that is fetched when it is used: `await` gives the first page, `for await` gives all items of all pages.
 * @example
 * const page = await client.staff.list();
 * for await (const member of client.staff.list()) console.log(member.id);
 */
export interface Paginated<T, P extends Page<T> = Page<T>> extends PromiseLike<P>, AsyncIterable<T> {
  pages(): AsyncIterable<P>;
  /** The first `limit` items, over as many pages as needed. */
  collect(options: { limit: number }): Promise<T[]>;
}

/** Where the pages of a list come from. */
export interface PageSource<P> {
  /** The first page for `undefined`, otherwise the one behind the cursor. */
  fetch(cursor: string | undefined): Promise<P>;
  /** The error for a server that hands out a cursor twice; it would be asked for ever. */
  repeated(): Promise<Error>;
}

/** Makes the list. Nothing is fetched before it is used, not even its source; each use fetches anew. */
export function paginate<T, P extends Page<T>>(load: () => Promise<PageSource<P>>): Paginated<T, P> {
  async function* pages(): AsyncGenerator<P, void> {
    const source = await load();
    const seen = new Set<string | undefined>();
    let cursor: string | undefined;
    do {
      if (seen.has(cursor)) throw await source.repeated();
      seen.add(cursor);
      const page = await source.fetch(cursor);
      yield page;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  async function* items(): AsyncGenerator<T, void> {
    for await (const page of pages()) yield* page.items;
  }
  return {
    then: (resolve, reject) =>
      load()
        .then((source) => source.fetch(undefined))
        .then(resolve, reject),
    [Symbol.asyncIterator]: items,
    pages,
    async collect({ limit }) {
      const collected: T[] = [];
      if (limit > 0) {
        for await (const item of items()) if (collected.push(item) >= limit) break;
      }
      return collected;
    },
  };
}
