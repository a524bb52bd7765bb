import type { Paginated } from "@welby/sdk";

/** All items of all pages, for lists that a screen shows as a whole (at most some hundred rows). */
export async function collectAll<T>(list: Paginated<T>, signal: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) {
    signal.throwIfAborted();
    items.push(item);
  }
  return items;
}
