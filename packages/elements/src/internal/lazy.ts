/**
 * A part of an element that is fetched when it is needed, once. A failed fetch is reported as the connection failure
 * that it is, and tried again the next time.
 */
export function lazy<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loading: Promise<Module> | undefined;
  return () =>
    (loading ??= load().catch(() => {
      loading = undefined;
      throw Object.assign(new Error("A part of the page could not be loaded."), {
        code: "connection_failed",
        retryable: true,
      });
    }));
}
