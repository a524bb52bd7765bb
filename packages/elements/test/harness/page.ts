/// <reference types="vite/client" />
/* Runs inside the harness page: shows every story without Storybook, and keeps what went wrong. */
import { html, render } from "lit";
import type { Story, StoryGlobals } from "../support/story/story.ts";

interface StoryModule {
  readonly default: { readonly title: string };
  readonly [name: string]: unknown;
}

export interface Shown {
  /** `welby-login › wrong-credentials` */
  readonly name: string;
  readonly problem: string | null;
}

export interface Harness {
  /** Titles and names of all stories, by Storybook's rule for names. */
  readonly names: readonly string[];
  show(name: string, globals: StoryGlobals): Promise<Shown>;
  readonly violations: readonly string[];
  /** Breaks the policy on purpose: shows that a violation would be seen. */
  breakThePolicy(): void;
}

const violations: string[] = [];
document.addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});

const kebab = (name: string) => name.replace(/(?<!^)([A-Z])/g, "-$1").toLowerCase();

// Loaded only now: what an import does must be seen too.
const modules = import.meta.glob<StoryModule>("../../src/elements/*/*.stories.ts");
const stories = new Map<string, Story>();
for (const load of Object.values(modules)) {
  const { default: meta, ...exported } = await load();
  for (const [name, story] of Object.entries(exported)) {
    stories.set(`${meta.title} › ${kebab(name)}`, story as Story);
  }
}

async function show(name: string, globals: StoryGlobals): Promise<Shown> {
  const story = stories.get(name);
  if (!story) return { name, problem: "there is no such story" };
  const canvasElement = document.body.appendChild(document.createElement("main"));
  document.documentElement.lang = globals.locale ?? "ja";
  try {
    const [{ world } = await Promise.reject(new Error("The story has no world."))] = await Promise.all(
      story.loaders.map((load) => load()),
    );
    const context = { loaded: { world }, globals, canvasElement };
    render(story.render({}, context), canvasElement);
    await story.play(context);
    return { name, problem: empty(canvasElement) ? "nothing is shown" : null };
  } catch (error) {
    return { name, problem: error instanceof Error ? error.message : String(error) };
  } finally {
    render(html``, canvasElement);
    canvasElement.remove();
    history.replaceState(null, "", location.pathname);
  }
}

function empty(canvas: HTMLElement): boolean {
  const elements = [...canvas.querySelectorAll(":scope > * *")];
  return (
    elements.some((one) => one.matches(":not(:defined)")) || !elements.some((one) => one.clientHeight > 0)
  );
}

const harness: Harness = {
  names: [...stories.keys()],
  show,
  violations,
  breakThePolicy() {
    document.body.setAttribute("style", "color: red");
  },
};
Object.assign(globalThis, { harness });
