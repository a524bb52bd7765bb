import js from "@eslint/js";
import litPlugin from "eslint-plugin-lit";
import litA11y from "eslint-plugin-lit-a11y";
import wcPlugin from "eslint-plugin-wc";
import tseslint from "typescript-eslint";
import { BROWSER_PACKAGES } from "./scripts/eslint/directions.mjs";
import { importDirections } from "./scripts/eslint/import-directions.mjs";
import { noTemplateText } from "./scripts/eslint/no-template-text.mjs";

/** @param {string[]} packages */
const sourcesOf = (packages) => packages.map((name) => `packages/${name}/src/**/*.ts`);
const TESTS = ["**/*.test.ts", "**/test/**/*.ts", "**/e2e/**/*.ts", "**/*.stories.ts", ".storybook/**/*.ts"];
const UNTYPED = ["**/*.mjs", "**/*.js", "**/*.cjs"];

export default tseslint.config(
  {
    ignores: [
      "**/dist/",
      "**/build/",
      "**/cdn/",
      "**/coverage/",
      "storybook-static/",
      ".sandbox/",
      "**/mockServiceWorker.js",
      "docs/api/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: {
      welby: { rules: { "import-directions": importDirections, "no-template-text": noTemplateText } },
    },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-eval": "error",
      "no-new-func": "error",
      // The full-width space is a letter of the trade here.
      "no-irregular-whitespace": [
        "error",
        { skipStrings: true, skipRegExps: true, skipTemplates: true, skipComments: true },
      ],
      "no-self-compare": "error",
      // TypeScript knows the globals of each project better.
      "no-undef": "off",
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        {
          argsIgnorePattern: "^_",
          varsIgnorePattern: "^_",
          caughtErrorsIgnorePattern: "^_",
          ignoreRestSiblings: true,
        },
      ],
      "@typescript-eslint/only-throw-error": "error",
      // An async function without await keeps the promise in an interface's signature.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: UNTYPED,
    ...tseslint.configs.disableTypeChecked,
  },

  // The packages' sources: who imports whom, and nothing printed by a library.
  {
    files: ["packages/*/src/**/*.ts"],
    ignores: TESTS,
    rules: {
      "welby/import-directions": "error",
    },
  },
  {
    files: sourcesOf([...BROWSER_PACKAGES, "mock"]),
    ignores: TESTS,
    rules: { "no-console": ["error", { allow: ["warn", "error"] }] },
  },
  {
    files: sourcesOf(BROWSER_PACKAGES),
    ignores: TESTS,
    rules: {
      "no-restricted-globals": [
        "error",
        ...[
          "process",
          "Buffer",
          "global",
          "require",
          "module",
          "__dirname",
          "__filename",
          "setImmediate",
          "clearImmediate",
        ].map((name) => ({ name, message: "This package runs in browsers: there is no Node." })),
      ],
    },
  },

  // Elements live in a stranger's page under a strict policy: no markup from strings, no inline style.
  {
    files: ["packages/elements/**/*.ts"],
    extends: [litPlugin.configs["flat/recommended"], wcPlugin.configs["flat/recommended"]],
    plugins: { "lit-a11y": litA11y },
    settings: { wc: { elementBaseClasses: ["LitElement"] } },
    rules: {
      ...litA11y.configs.recommended.rules,
      "lit/ban-attributes": ["error", "style"],
      "lit/no-legacy-template-syntax": "error",
      "lit/no-native-attributes": "off",
      "lit/no-this-assign-in-render": "error",
      // `@submit=${this.onSubmit}` is right: Lit binds the host.
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["packages/elements/src/**/*.ts"],
    ignores: TESTS,
    rules: {
      "welby/no-template-text": "error",
      "no-restricted-imports": [
        "error",
        {
          paths: [{ name: "lit", importNames: ["unsafeCSS"], message: "Write the style with css``." }],
          patterns: [
            {
              regex: "directives/(style-map|unsafe-html|unsafe-svg|unsafe-mathml)(\\.js)?$",
              message: "It breaks a strict Content-Security-Policy or lets markup in.",
            },
          ],
        },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|srcdoc)$/]",
          message: "Markup from strings: use a Lit template.",
        },
        {
          selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]",
          message: "Markup from strings: use a Lit template.",
        },
        {
          selector:
            "MemberExpression[property.name='cssText'], CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']",
          message:
            "An inline style is refused by a strict Content-Security-Policy: use a class or a custom property.",
        },
      ],
    },
  },

  {
    files: TESTS,
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      // The examples of a README are run from their text.
      "no-new-func": "off",
      "@typescript-eslint/no-implied-eval": "off",
      // Assertions of chai are expressions.
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            // @open-wc/semantic-dom-diff declares that chai's `equal` answers a promise; it does not.
            { from: "package", package: "chai", name: "Equal" },
            {
              from: "package",
              package: "node:test",
              name: ["test", "it", "describe", "suite", "before", "after", "beforeEach", "afterEach"],
            },
          ],
        },
      ],
      "lit/ban-attributes": "off",
    },
  },
);
