/// <reference types="vite/client" />
import { setCustomElementsManifest, type Preview } from "@storybook/web-components-vite";
import states from "../packages/elements/states.json" with { type: "json" };

// Written by main.ts; absent only where nothing but types is looked at.
for (const manifest of Object.values(
  import.meta.glob("../build/custom-elements.json", { eager: true, import: "default" }),
)) {
  setCustomElementsManifest(manifest);
}

const descriptions: Readonly<Record<string, Readonly<Record<string, string>>>> = states;
const kebab = (name: string) => name.trim().replaceAll(" ", "-").toLowerCase();

const preview: Preview = {
  parameters: {
    a11y: { test: "error" },
    controls: { disable: true },
    docs: { toc: true, codePanel: false },
    options: { storySort: { order: ["welby-provider", "welby-login", "welby-password-reset"] } },
  },
  globalTypes: {
    locale: {
      description: "Language",
      toolbar: {
        icon: "globe",
        dynamicTitle: true,
        items: [
          { value: "ja", title: "日本語" },
          { value: "en", title: "English" },
        ],
      },
    },
    theme: {
      description: "Theme",
      toolbar: {
        icon: "contrast",
        dynamicTitle: true,
        items: [
          { value: "light", title: "Light" },
          { value: "dark", title: "Dark" },
          { value: "auto", title: "As the system" },
        ],
      },
    },
  },
  initialGlobals: { locale: "ja", theme: "light" },
  // Runs once a story is prepared, which is where its text can still be given: the table of states knows it.
  argTypesEnhancers: [
    ({ title, name, parameters, argTypes }) => {
      const said = descriptions[title]?.[kebab(name)];
      const docs = (parameters["docs"] ??= {}) as { description?: { story?: string } };
      if (said !== undefined) docs.description = { ...docs.description, story: said };
      return argTypes;
    },
  ],
  decorators: [
    (story, { globals }) => {
      const { locale, theme } = globals as { locale: string; theme: string };
      const { documentElement: root } = document;
      root.lang = locale;
      root.style.colorScheme = theme === "auto" ? "light dark" : theme;
      root.style.background = "Canvas";
      return story();
    },
  ],
};

export default preview;
