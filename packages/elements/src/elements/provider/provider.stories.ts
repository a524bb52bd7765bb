import { html } from "lit";
import "../../define/group-picker.ts";
import { inside, shown } from "../../../test/support/story/steps.ts";
import { story, type Story } from "../../../test/support/story/story.ts";
import { createWorld, type World } from "../../../test/support/story/world.ts";

export default { title: "welby-provider", component: "welby-provider", tags: ["autodocs"] };

/** What a provider gives shows only in the elements inside it. */
const picker = html`<welby-group-picker label="グループ"></welby-group-picker>`;

function provider(element: (world: World) => ReturnType<typeof html>): Story {
  return story({
    world: () => createWorld({ as: "admin" }),
    element,
    play: async (canvas) => void (await shown(await inside(canvas, "welby-group-picker"), "#input")),
  });
}

export const Default = provider(() => picker);
export const Dark = provider(
  ({ client }) => html`<welby-provider theme="dark" .client=${client}>${picker}</welby-provider>`,
);
export const Compact = provider(
  ({ client }) => html`<welby-provider density="compact" .client=${client}>${picker}</welby-provider>`,
);
