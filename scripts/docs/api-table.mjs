// docs/api.md, made from the contract: `npm run docs:api`. A test fails while the page is another one than this makes.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errors, operations, permissions } from "@welby/contract";
import { createOpenApiDocument, errorCodesOf } from "@welby/contract/openapi";

export const PAGE = new URL("../../docs/api.md", import.meta.url);

/** @typedef {import("@welby/contract").OperationRow} Operation */

const ALL = /** @type {readonly Operation[]} */ (Object.values(operations));
const GROUPS = new Map([
  ["public", "anybody"],
  ["admin,staff,patient", "anybody signed in"],
  ["admin,staff", "admin, staff"],
]);
const INTRO = `# The API / APIの一覧

Made from the contract by \`npm run docs:api\`; do not edit. The same with all schemas: \`GET /openapi.json\`. / 契約(\`packages/contract\`)から \`npm run docs:api\` で作られたページです。手では編集しません。スキーマを含む全体は \`GET /openapi.json\` にあります。

- **Who / 呼び出せる人**: the only place where a right is granted is \`packages/contract/src/permissions.ts\`. "Refresh token" means that the token in the body says who it is. / 権限は \`packages/contract/src/permissions.ts\` だけで決まります。「refresh token」は、本文のトークンで本人を確かめる操作です。
- **Step-up / 再入力**: the password must have been entered within five minutes. / 5分以内のパスワード入力が必要です。
- **Key / キー**: whether an \`Idempotency-Key\` must or may be sent. / \`Idempotency-Key\` が必須か任意かを示します。
- **If-Match**: the version that the change is based on must be sent. / 変更のもとになる版の送信が必要です。
- **Errors / エラー**: what this operation answers beyond what its other columns imply and what all may answer. / ほかの列から決まるものと、すべての操作に共通するものを除いた、この操作のエラーです。
`;

/** @param {string} text */
const cell = (text) => text.replaceAll("|", "\\|");
/** @param {readonly (readonly string[])[]} rows the first one is the head */
const table = ([head = [], ...rows]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
/** @param {readonly string[]} codes */
const quoted = (codes) => codes.map((code) => `\`${code}\``).join(" ");

const ofEach = ALL.map((operation) => new Set(errorCodesOf(operation)));
const OF_ALL = [...(ofEach[0] ?? [])].filter((code) => ofEach.every((codes) => codes.has(code)));

/** @param {Operation} operation */
function row(operation) {
  const { id, method, path, summary, authentication, stepUp, idempotency, ifMatch } = operation;
  const callers = permissions[id].join();
  const implied = new Set([...OF_ALL, ...(ifMatch ? ["version_conflict"] : [])]);
  return [
    `\`${id}\`: ${summary}`,
    `\`${method} ${path}\``,
    authentication === "refresh" ? "refresh token" : (GROUPS.get(callers) ?? callers),
    stepUp ? "yes" : "",
    idempotency ?? "",
    ifMatch ? "yes" : "",
    quoted((operation.errors ?? []).filter((code) => !implied.has(code))),
  ];
}

/** The page as it should be. */
export function apiPage() {
  const { tags } = /** @type {{ tags: { name: string, description: string }[] }} */ (
    /** @type {unknown} */ (createOpenApiDocument({ version: "0" }))
  );
  const head = ["Operation", "Call", "Who", "Step-up", "Key", "If-Match", "Errors"];
  const sections = tags.map(({ name, description }) => {
    const rows = ALL.filter(({ tag }) => tag === name).map(row);
    return `## ${name}\n\n${description}\n\n${table([head, ...rows])}\n`;
  });
  return [INTRO, ...sections, errorSection()].join("\n");
}

function errorSection() {
  const rows = Object.entries(errors).map(([code, { status, retryable, ja, en }]) => [
    `\`${code}\``,
    status === 0 ? "client" : String(status),
    retryable ? "yes" : "",
    `${ja.message}${ja.remedy}`,
    `${en.message} ${en.remedy}`,
  ]);
  return `## Errors / エラーコード

Any operation may answer ${quoted(OF_ALL)}. A status of "client" marks what the SDK finds out itself. / すべての操作が返すことのあるコードは、上のとおりです。「client」は、SDK が自分で判断するものです。

${table([["Code", "Status", "Retry", "日本語", "English"], ...rows])}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PAGE, apiPage());
}
