// What is published. Every package: its sources module by module, with declarations, from its exports map.
// Elements besides: browser files for pages without a build step, in packages/elements/cdn/.
//
// Packages are built in the order of their imports and see each other's dist, as a consumer would.
import { packageBuild, publishedPackages } from "./scripts/rollup/package-build.mjs";
import { cdnBuild } from "./scripts/rollup/cdn-build.mjs";

const ALL = ["text", "contract", "sdk", "elements", "backend", "mock", "sandbox"];

// WELBY_PACKAGES names fewer of them, for commands that need no more.
const packages = publishedPackages(process.env.WELBY_PACKAGES?.split(",") ?? ALL);

export default [...packages.map(packageBuild), ...cdnBuild(packages)];
