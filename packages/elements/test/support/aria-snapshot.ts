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
  "url",
  "name",
  "children",
  "value",
  "focused",
  "elementHandle",
  "backendNodeId",
  "loaderId",
]);

export interface AriaSnapshotOptions {
  /** What every snapshot of the element holds, to notice an empty tree. */
  readonly holds?: string;
  /** Takes the whole page: Chromium gives only the first part of an element that has no role of its own. */
  readonly wholePage?: boolean;
}

/**
 * Compares what a screen reader is given in a state with the committed outline in `__snapshots__`, which
 * `wtr --update-snapshots` writes. Only Chromium hands its tree to a test.
 */
export function itMatchesAriaSnapshot(
  tag: string,
  state: string,
  enter: () => Promise<void>,
  { holds = "heading", wholePage = false }: AriaSnapshotOptions = {},
): void {
  onlyIn(
    ["chromium"],
    "only Chromium hands its accessibility tree to a test",
    `${state} reads as before`,
    async () => {
      await enter();
      if (wholePage) hideAnnouncements(tag);
      // Declared as void.
      const tree: unknown = await a11ySnapshot(wholePage ? {} : { selector: tag });
      if (!tree) throw new Error(`There is no accessible ${tag}.`);
      const content = outline(tree as AccessibleNode).join("\n");
      expect(content).to.contain(holds);
      await compareSnapshot({ name: `${tag} ${state}`, content });
    },
  );
}

/** Announcements come and go with time; tests of their own wait for them. */
function hideAnnouncements(tag: string): void {
  const root = document.querySelector(tag)?.shadowRoot;
  for (const region of root?.querySelectorAll<HTMLElement>("[role=status].w-visually-hidden") ?? [])
    region.hidden = true;
}

function outline(node: AccessibleNode, depth = 0): string[] {
  if (node.role === "StaticText" && !node.name?.trim()) return [];
  const states = Object.entries(node)
    .filter(
      ([key, value]) => !HIDDEN.has(key) && typeof value !== "function" && value !== "" && value !== false,
    )
    .map(([key, value]) => ` [${key}${value === true ? "" : `=${withoutSpace(String(value))}`}]`);
  const line = `${"  ".repeat(depth)}- ${node.role}${node.name ? ` "${node.name}"` : ""}${states.join("")}`;
  return [withoutTime(line), ...(node.children ?? []).flatMap((child) => outline(child, depth + 1))];
}

/** White space between two parts is there or not, by the moment at which Chromium looks; nobody hears it. */
function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

/** What runs with the clock would differ at each run. */
function withoutTime(line: string): string {
  return line.replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d/g, "<time>").replace(/\d+(?=秒)/g, "<seconds>");
}
