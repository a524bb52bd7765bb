type Loaders = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Fetches the elements whose tags stand in `root`, now and later. A fetch that failed is tried again when the tag is
 * seen again or the connection is back.
 * @returns ends the watch
 */
export function autoload(root: Document | Element, loaders: Loaders): () => void {
  const open = new Map(Object.entries(loaders));
  const selector = () => [...open.keys()].join(",");

  const load = (tag: string): void => {
    const loader = open.get(tag);
    if (!loader) return;
    open.delete(tag);
    loader().catch(() => {
      open.set(tag, loader);
      console.warn(`[${tag}] could not be loaded`);
    });
  };

  const look = (within: Document | Element): void => {
    if (open.size === 0) return;
    if (within instanceof Element) load(within.localName);
    // The map may have become empty, and an empty selector throws.
    for (const element of open.size > 0 ? within.querySelectorAll(selector()) : []) load(element.localName);
  };

  const lookAgain = (): void => look(root);
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof Element) look(node);
    }
  });
  observer.observe(root, { childList: true, subtree: true });
  addEventListener("online", lookAgain);
  look(root);
  return () => {
    observer.disconnect();
    removeEventListener("online", lookAgain);
  };
}
