// What is published. Every package: its sources module by module, with declarations, from its exports map.
// Elements besides: browser files for pages without a build step, in packages/elements/cdn/.
//
// Packages are built in the order of their imports and see each other's dist, as a consumer would.
import { packageBuild, publishedPackages } from "./scripts/rollup/package-build.mjs";
import { cdnBuild } from "./scripts/rollup/cdn-build.mjs";

const packages = publishedPackages(["text", "contract", "sdk", "elements", "backend", "mock", "sandbox"]);

export default [...packages.map(packageBuild), ...cdnBuild(packages)];
