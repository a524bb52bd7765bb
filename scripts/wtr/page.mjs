/**
 * The page a test file runs in. Before the tests start it forgets what an earlier file left in the origin's
 * storage, so the order of files does not matter, in all engines alike.
 *
 * @param {string} testRunnerImport
 */
export function testPage(testRunnerImport) {
  return `<!doctype html>
<html lang="ja">
  <head>
    <meta charset="utf-8">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <script type="module">
      await Promise.all([
        ...(await indexedDB.databases()).map(({ name }) => new Promise((resolve) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = request.onerror = request.onblocked = resolve;
        })),
        ...(await navigator.serviceWorker?.getRegistrations() ?? []).map((worker) => worker.unregister()),
        ...(await globalThis.caches?.keys() ?? []).map((name) => caches.delete(name)),
      ]);
      localStorage.clear();
      sessionStorage.clear();
      await import(${JSON.stringify(testRunnerImport)});
    </script>
  </body>
</html>
`;
}
