import type { StorybookConfig } from "@storybook/web-components-vite";
import { execFileSync } from "node:child_process";

// The docs pages show what the sources say today (`npm run manifest`, wherever Storybook was started from).
const analyzer = "node_modules/@custom-elements-manifest/analyzer/cem.js";
const options = ["analyze", "--quiet", "--config", "scripts/custom-elements-manifest.config.mjs"];
execFileSync(process.execPath, [analyzer, ...options], { stdio: ["ignore", "ignore", "inherit"] });

const config: StorybookConfig = {
  framework: "@storybook/web-components-vite",
  stories: ["../packages/elements/src/elements/*/*.stories.ts"],
  addons: ["@storybook/addon-docs", "@storybook/addon-a11y"],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // The packages' sources, as tests and type-check see them: no build comes before a story.
  viteFinal: (vite) => ({
    ...vite,
    resolve: { ...vite.resolve, conditions: ["@welby/source", "browser", "module", "import", "default"] },
  }),
};

export default config;
