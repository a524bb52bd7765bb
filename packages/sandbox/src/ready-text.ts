import { demoTotp } from "@welby/backend/seed";
import type { Sandbox } from "./start.ts";

/** What somebody who has just started the sandbox needs to know. */
export function readyText({ url, outboxUrl, signIns, webhook }: Sandbox): string {
  const lines = [`Sandbox API ready: ${url}`];
  if (outboxUrl !== null) lines.push(`Sent mail:         ${outboxUrl}`);
  if (webhook) lines.push(`Webhooks:          ${webhook.url}  (secret ${webhook.secret})`);
  if (signIns.length > 0) {
    lines.push("", "Demo sign-ins (all invented; the same password for all):");
    const width = Math.max(...signIns.map(({ loginId }) => loginId.length));
    for (const { loginId, role, name, institution } of signIns) {
      lines.push(
        `  ${loginId.padEnd(width)}  ${[institution, name].filter(Boolean).join(" ")} — ${role.ja} / ${role.en}`,
      );
    }
    lines.push(
      `  password: ${signIns[0]?.password ?? ""}`,
      `  TOTP secret of ${demoTotp.loginId}: ${demoTotp.secret}`,
    );
  }
  return lines.join("\n");
}
