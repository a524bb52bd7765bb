// The contract table for the browser files: without the columns that only people, documents and the service read.

/** What is not in `ClientRow` (packages/contract/src/operation.ts), so that no line of packages/sdk can read it. */
const UNREAD = ["summary", "audit", "errors", "stepUp", "etag", "paginated", "duringEnrollment"];

const OPERATIONS = /contract[\\/](dist|src)[\\/]operations[\\/]/;

/** @returns {import("rollup").Plugin} */
export function contractForPages() {
  return {
    name: "contract-for-pages",
    transform(code, id) {
      if (!OPERATIONS.test(id)) return undefined;
      let kept = code;
      for (const { start, end } of this.parse(code).body.flatMap(rowsOf).flatMap(unreadOf)) {
        const comma = /^\s*,/.exec(code.slice(end))?.[0].length ?? 0;
        // Blanks instead of nothing: positions stay what they were, and with them the source map.
        const blank = code.slice(start, end + comma).replace(/\S/g, " ");
        kept = kept.slice(0, start) + blank + kept.slice(end + comma);
      }
      return { code: kept, map: null };
    },
  };
}

/**
 * `const shared = { … }` and `export const x = defineOperation({ … })`.
 *
 * @param {import("rollup").ProgramNode["body"][number]} statement
 * @returns {any[]}
 */
function rowsOf(statement) {
  const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  if (declaration?.type !== "VariableDeclaration") return [];
  return declaration.declarations
    .map(({ init }) => (init?.type === "CallExpression" ? init.arguments[0] : init))
    .filter((value) => value?.type === "ObjectExpression");
}

/** @param {any} row @returns {{ start: number, end: number }[]} */
function unreadOf(row) {
  return row.properties.filter(
    (/** @type {any} */ { type, key }) => type === "Property" && UNREAD.includes(key.name),
  );
}
