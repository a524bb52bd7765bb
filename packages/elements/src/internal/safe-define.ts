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
  // Node has none, unless Lit has brought its own.
  if (!registry) return undefined;
  const tag = `${prefix}-${name}`;
  const existing = registry.get(tag);
  if (existing) {
    if (existing !== element && !(existing.prototype instanceof element)) {
      console.warn(`[${tag}] is registered already, by another copy or version; that one stays.`);
    }
    return existing;
  }
  return define(registry, tag, element) ?? define(registry, tag, class extends element {});
}

/** A class can be registered once only; a second tag needs a subclass. */
function define(
  registry: CustomElementRegistry,
  tag: string,
  element: CustomElementConstructor,
): CustomElementConstructor | undefined {
  try {
    registry.define(tag, element);
    return element;
  } catch (thrown) {
    if (!(thrown instanceof DOMException && thrown.name === "NotSupportedError")) {
      console.warn(`[${tag}] cannot be registered: the prefix makes no valid tag.`);
    }
    return undefined;
  }
}
