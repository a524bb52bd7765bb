/** Names of an element's states in packages/elements/states.json, in its order. */
export async function statesOf(tag: string): Promise<string[]> {
  const response = await fetch(new URL("../../states.json", import.meta.url));
  const table = (await response.json()) as Record<string, Record<string, string> | undefined>;
  return Object.keys(table[tag] ?? {});
}
