import { operations, type OperationRow } from "@welby/contract";
import { TrieRouter } from "hono/router/trie-router";

export interface Match {
  readonly operation: OperationRow;
  /** Path parameters as they stand in the URL. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Routes {
  match(method: string, path: string): Match | undefined;
  /** Methods of a path; empty for a path that does not exist. */
  allowed(path: string): string[];
}

/** The routes, from the contract table and nothing else. */
export function createRoutes(): Routes {
  const router = new TrieRouter<OperationRow>();
  const rows: readonly OperationRow[] = Object.values(operations);
  for (const operation of rows) {
    router.add(operation.method, operation.path.replace(/\{(\w+)\}/g, ":$1"), operation);
  }
  const methods = [...new Set(rows.map((operation) => operation.method))];

  function match(method: string, path: string): Match | undefined {
    // A trailing slash is another path; routers tend to be generous there.
    if (path.endsWith("/")) return undefined;
    const [found] = router.match(method === "HEAD" ? "GET" : method, path)[0];
    if (!found) return undefined;
    return { operation: found[0], params: found[1] as Record<string, string> };
  }
  return {
    match,
    allowed(path) {
      const found: string[] = methods.filter((method) => match(method, path));
      return found.length === 0 ? [] : [...found, ...(found.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
    },
  };
}

/** Every method of the table, for the answer to a preflight. */
export const allMethods: readonly string[] = [
  ...new Set(Object.values(operations).map((operation) => operation.method)),
];
