type Catalogue = typeof import("@welby/contract/errors");

/** An error must not wait for its text for ever: on a line that answers nothing, nothing else comes either. */
const PATIENCE_MS = 2000;

let loaded: Catalogue | undefined;
let loading: Promise<void> | undefined;

/** The texts of the errors, fetched with the first one: most pages never show any. Undefined if they do not come. */
export async function catalogue(patienceMs = PATIENCE_MS): Promise<Catalogue | undefined> {
  if (loaded || patienceMs === 0) return loaded;
  loading ??= import("@welby/contract/errors").then(
    (texts) => void (loaded = texts),
    () => void (loading = undefined),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
  await Promise.race([loading, patience]);
  clearTimeout(timer);
  return loaded;
}
