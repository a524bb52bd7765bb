// The engines the tests run in: installs what is missing where that can be done without asking (Debian's or
// Ubuntu's apt as root), and otherwise says in one line what is missing and what follows from it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findBrowsers, onPath } from "./browsers/find.mjs";
import { findPostgres } from "./postgres/find.mjs";

export { findBrowsers };

/**
 * Something the tests need from the system. Without a `consequence` nobody has to be told.
 *
 * @type {{ name: string, present: () => boolean, packages: string[], consequence?: string }[]}
 */
const NEEDS = [
  {
    name: "Chromium",
    present: () => findBrowsers().chromium !== undefined,
    packages: ["chromium"],
    consequence: "browser tests in Chromium and the end-to-end journey do not run",
  },
  {
    name: "Firefox",
    present: () => findBrowsers().firefox !== undefined,
    packages: ["firefox-esr"],
    consequence: "browser tests in Firefox do not run",
  },
  {
    name: "WebKitGTK",
    present: () => findBrowsers().webkit !== undefined,
    packages: ["webkit2gtk-driver"],
    consequence: "browser tests in WebKit do not run",
  },
  {
    name: "Xvfb",
    // Only WebKitGTK needs a display; a desktop has one.
    present: () =>
      process.platform !== "linux" || onPath("Xvfb") !== undefined || Boolean(process.env.DISPLAY),
    packages: ["xvfb", "xauth"],
    consequence: "browser tests in WebKit do not run",
  },
  {
    name: "PostgreSQL",
    present: () => findPostgres() !== undefined,
    packages: ["postgresql"],
    consequence: "the database tests run on the embedded engine only",
  },
  {
    name: "a Japanese font",
    present: () => process.platform !== "linux" || hasJapaneseFont(),
    packages: ["fonts-ipafont-gothic"],
  },
];

/**
 * Installs what is missing if that is possible, and returns what is still missing.
 *
 * @returns {{ name: string, consequence: string }[]}
 */
export function ensureSystemPackages() {
  const missing = NEEDS.filter((need) => !need.present());
  if (missing.length > 0 && canInstall()) install(missing.flatMap((need) => need.packages));
  return missing
    .filter((need) => !need.present())
    .flatMap(({ name, consequence }) => (consequence ? [{ name, consequence }] : []));
}

function canInstall() {
  return process.platform === "linux" && process.getuid?.() === 0 && onPath("apt-get") !== undefined;
}

/** @param {string[]} packages */
function install(packages) {
  console.log(`Installing ${packages.join(", ")} (apt-get) …`);
  apt(["update", "-qq"]);
  if (apt(["install", "-y", "-qq", "--no-install-recommends", ...packages])) return;
  // One package unknown to this distribution should not keep the others away.
  for (const name of packages) apt(["install", "-y", "-qq", "--no-install-recommends", name]);
}

/** @param {string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // Another apt on the machine is waited for instead of failed at.
  const result = spawnSync("apt-get", ["-o", "DPkg::Lock::Timeout=300", ...args], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return result.status === 0;
}

function hasJapaneseFont() {
  if (existsSync("/usr/share/fonts/opentype/ipafont-gothic")) return true;
  const list = spawnSync("fc-list", [":lang=ja", "family"], { encoding: "utf8" });
  return list.status === 0 && list.stdout.trim() !== "";
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  const missing = ensureSystemPackages();
  for (const { name, consequence } of missing) console.log(`${name} is not installed: ${consequence}.`);
  if (missing.length === 0) console.log("Chromium, Firefox, WebKitGTK and PostgreSQL are installed.");
  if (missing.length > 0 && process.env.CI) process.exitCode = 1;
}
