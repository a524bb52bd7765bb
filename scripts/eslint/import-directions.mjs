import { dirname, join, normalize, relative } from "node:path";
import { DIRECTIONS } from "./directions.mjs";

/**
 * Holds the packages' sources to DIRECTIONS, whatever form an import takes: static, dynamic, re-export, type.
 *
 * @type {import("eslint").Rule.RuleModule}
 */
export const importDirections = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      direction: "{{package}} may not import {{specifier}} (scripts/eslint/directions.mjs).",
      only: "Only {{only}} of {{package}} may import {{specifier}}: {{why}}.",
      typeOnly: "{{package}} may import {{specifier}} for its types only: {{why}}.",
      outside: "{{specifier}} leaves the package: import the other package by its name.",
      zod: 'Import zod as `import * as z from "zod/mini"`: named imports keep every locale in the bundle, and classic zod trips Trusted Types.',
    },
  },
  create(context) {
    const path = relative(context.cwd, context.filename).replaceAll("\\", "/");
    const [, packageName, file] = /^packages\/([^/]+)\/src\/(.+)$/.exec(path) ?? [];
    const allowed = packageName === undefined ? undefined : DIRECTIONS[packageName];

    /**
     * @param {any} node
     * @param {unknown} specifier
     * @param {boolean} typeOnly
     */
    function check(node, specifier, typeOnly) {
      if (typeof specifier !== "string" || !allowed || packageName === undefined || file === undefined)
        return;
      if (specifier.startsWith(".")) {
        const target = normalize(join(dirname(path), specifier)).replaceAll("\\", "/");
        if (!target.startsWith(`packages/${packageName}/src/`)) {
          context.report({ node, messageId: "outside", data: { specifier } });
        }
        return;
      }
      const rule = allowed.find((entry) => covers(entry, specifier));
      const data = { package: packageName, specifier, only: String(rule?.only), why: rule?.why ?? "" };
      if (!rule) context.report({ node, messageId: "direction", data });
      else if (rule.only && !rule.only.test(file)) context.report({ node, messageId: "only", data });
      else if (rule.typeOnly && !typeOnly) context.report({ node, messageId: "typeOnly", data });
    }

    /** @param {any} node */
    function checkZod(node) {
      const { value } = node.source;
      if (value !== "zod" && !value.startsWith("zod/")) return;
      const isNamespace =
        node.specifiers.length === 1 && node.specifiers[0].type === "ImportNamespaceSpecifier";
      const isType = node.importKind === "type";
      if (value !== "zod/mini" || !(isNamespace || isType)) context.report({ node, messageId: "zod" });
    }

    return {
      ImportDeclaration(/** @type {any} */ node) {
        check(
          node,
          node.source.value,
          node.importKind === "type" || onlyTypes(node.specifiers, "importKind"),
        );
        checkZod(node);
      },
      ExportNamedDeclaration(/** @type {any} */ node) {
        if (node.source)
          check(
            node,
            node.source.value,
            node.exportKind === "type" || onlyTypes(node.specifiers, "exportKind"),
          );
      },
      ExportAllDeclaration(/** @type {any} */ node) {
        check(node, node.source.value, node.exportKind === "type");
      },
      ImportExpression(/** @type {any} */ node) {
        check(node, node.source.value, false);
      },
      TSImportType(/** @type {any} */ node) {
        check(node, node.source?.value ?? node.argument?.literal?.value, true);
      },
    };
  },
};

/** @param {import("./directions.mjs").Allowed} entry @param {string} specifier */
function covers({ name, exact }, specifier) {
  if (exact !== undefined) return specifier === exact;
  if (name === undefined) return false;
  return specifier === name || specifier.startsWith(name.endsWith(":") ? name : `${name}/`);
}

/** @param {any[]} specifiers @param {"importKind" | "exportKind"} kind */
function onlyTypes(specifiers, kind) {
  return specifiers.length > 0 && specifiers.every((specifier) => specifier[kind] === "type");
}
