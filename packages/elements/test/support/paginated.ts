import type { Page, Paginated } from "@welby/sdk";

/** A list of the client that has all its items, in pages of `size`. */
export function paginated<T>(items: readonly T[], size = 200): Paginated<T> {
  const pages: Page<T>[] = [];
  for (let at = 0; at === 0 || at < items.length; at += size) {
    const next = at + size < items.length ? String(at + size) : null;
    pages.push({ items: items.slice(at, at + size), nextCursor: next, total: items.length });
  }
  return later(Promise.resolve(pages));
}

/** A list whose answer is still to come, or an error. */
export function later<T>(answer: Promise<readonly Page<T>[]>): Paginated<T> {
  // Whoever only iterates never looks at the promise itself.
  answer.catch(() => undefined);
  async function* pages() {
    yield* await answer;
  }
  return {
    then: (fulfilled, rejected) => answer.then(([first]) => first as Page<T>).then(fulfilled, rejected),
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page.items;
    },
    collect: async ({ limit }) => (await answer).flatMap((page) => page.items).slice(0, limit),
  };
}

/** A list that cannot be had. */
export function failing<T>(error: Error): Paginated<T> {
  return later<T>(Promise.reject(error));
}
