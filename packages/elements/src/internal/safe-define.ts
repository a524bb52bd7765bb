export interface DefineOptions {
  /** First part of the tag, so that two versions can share a page; `welby` unless set. */
  readonly prefix?: string;
  /** A scoped registry; the page's own unless set. */
  readonly registry?: CustomElementRegistry;
}

/**
 * Registers `<prefix>-<name>` if the page does not have it yet. Never throws: a second copy of this package, a second
 * prefix for one class and an import in Node are all fine.
 * @returns the class that the tag has now; undefined where there is no registry
 */
export function safeDefine(
  name: string,
  element: CustomElementConstructor,
  { prefix = "welby", registry = globalThis.customElements }: DefineOptions = {},
): CustomElementConstructor | undefined {
  if (typeof registry === "undefined") return undefined;
  const tag = `${prefix}-${name}`;
  const existing = registry.get(tag);
  if (existing) {
    if (existing !== element && !(existing.prototype instanceof element)) {
      console.warn(`[${tag}] is registered already, by another copy or version; that one stays.`);
    }
    return existing;
  }
  // A class can be registered once only; another tag gets a subclass.
  const free = isFree(registry, element) ? element : class extends element {};
  registry.define(tag, free);
  return free;
}

const taken = new WeakMap<CustomElementRegistry, WeakSet<CustomElementConstructor>>();

function isFree(registry: CustomElementRegistry, element: CustomElementConstructor): boolean {
  const classes = taken.get(registry) ?? new WeakSet();
  taken.set(registry, classes);
  if (classes.has(element)) return false;
  classes.add(element);
  return true;
}
