import { html, type TemplateResult } from "lit";
import "../../../src/define/provider.ts";
import type { World } from "./world.ts";

/** What the toolbar of Storybook chooses. */
export interface StoryGlobals {
  readonly locale?: "ja" | "en";
  readonly theme?: "light" | "dark" | "auto";
}

interface StoryContext<W extends World> {
  readonly loaded: { readonly world: W };
  readonly globals: StoryGlobals;
  readonly canvasElement: HTMLElement;
}

/** A story in Storybook's own shape (CSF 3), which the harness page can also show without Storybook. */
export interface Story<W extends World = World> {
  readonly loaders: readonly (() => Promise<{ world: W }>)[];
  readonly render: (args: unknown, context: StoryContext<W>) => TemplateResult;
  readonly play: (context: StoryContext<W>) => Promise<void>;
}

interface StoryParts<W extends World> {
  readonly world: () => Promise<W>;
  readonly element: (world: W) => TemplateResult;
  /** Leads the element into its state, as a person would. */
  readonly play?: (canvas: HTMLElement, world: W) => Promise<void>;
}

/** Makes a story: a world, an element in it under a provider, and the way into the state. */
export function story<W extends World>({ world, element, play }: StoryParts<W>): Story<W> {
  return {
    loaders: [async () => ({ world: await world() })],
    render: (_args, { loaded, globals }) =>
      html`<welby-provider
        locale=${globals.locale ?? "ja"}
        theme=${globals.theme ?? "light"}
        .client=${loaded.world.client}
        >${element(loaded.world)}</welby-provider
      >`,
    play: async ({ canvasElement, loaded }) => {
      await play?.(canvasElement, loaded.world);
    },
  };
}
