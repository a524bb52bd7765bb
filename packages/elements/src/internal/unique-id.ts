let count = 0;

/** A prefix for ids in the page's light DOM, where they must not meet those of another element. */
export function uniqueId(name: string): string {
  count += 1;
  return `welby-${name}-${count}`;
}
