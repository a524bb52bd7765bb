import { a11ySnapshot, compareSnapshot } from "@web/test-runner-commands";
import { expect } from "@open-wc/testing";
import { onlyIn } from "./engine.ts";

interface AccessibleNode {
  readonly role: string;
  readonly name?: string;
  readonly children?: readonly AccessibleNode[];
  readonly [state: string]: unknown;
}

/** Of the values of fields only that there is one, so that snapshots hold no typed text. */
const HIDDEN = new Set([
  "role",
  "name",
  "children",
  "value",
  "focused",
  "elementHandle",
  "backendNodeId",
  "loaderId",
]);

/**
 * Compares what a screen reader is given in a state with the committed outline in `__snapshots__`, which
 * `wtr --update-snapshots` writes. Only Chromium hands its tree to a test.
 */
export function itMatchesAriaSnapshot(tag: string, state: string, enter: () => Promise<void>): void {
  onlyIn(
    ["chromium"],
    "only Chromium hands its accessibility tree to a test",
    `${state} reads as before`,
    async () => {
      await enter();
      const tree = (await a11ySnapshot({ selector: tag })) as AccessibleNode | null;
      if (!tree) throw new Error(`There is no accessible ${tag}.`);
      const content = outline(tree).join("\n");
      expect(content).to.contain("heading");
      await compareSnapshot({ name: `${tag} ${state}`, content });
    },
  );
}

function outline(node: AccessibleNode, depth = 0): string[] {
  const states = Object.entries(node)
    .filter(
      ([key, value]) => !HIDDEN.has(key) && typeof value !== "function" && value !== "" && value !== false,
    )
    .map(([key, value]) => ` [${key}${value === true ? "" : `=${String(value)}`}]`);
  const line = `${"  ".repeat(depth)}- ${node.role}${node.name ? ` "${node.name}"` : ""}${states.join("")}`;
  return [withoutTime(line), ...(node.children ?? []).flatMap((child) => outline(child, depth + 1))];
}

/** What runs with the clock would differ at each run. */
function withoutTime(line: string): string {
  return line.replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d/g, "<time>").replace(/\d+(?=秒)/g, "<seconds>");
}
