// Measurements: `npm run bench -- server [--short] [--profile]`. They print numbers; what must hold is asserted by tests.
import { benchServer } from "./bench/server.mjs";

const [what, ...options] = process.argv.slice(2);
const benches = { server: benchServer };

if (what !== undefined && Object.hasOwn(benches, what)) {
  await benches[/** @type {keyof typeof benches} */ (what)]({
    short: options.includes("--short"),
    profile: options.includes("--profile"),
  });
} else {
  console.error(`Usage: npm run bench -- ${Object.keys(benches).join(" | ")} [--short] [--profile]`);
  process.exitCode = 1;
}
