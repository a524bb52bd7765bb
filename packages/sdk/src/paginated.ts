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
