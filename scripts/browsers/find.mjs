import { existsSync, globSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The installed browser engines. `webkit` is WebKitGTK with its WebDriver, hence Linux only.
 *
 * @typedef {object} Browsers
 * @property {string} [chromium] executable of any Chromium (Chrome and Edge included)
 * @property {string} [firefox] executable
 * @property {{ driver: string, browser: string, display: string | undefined }} [webkit] `display` is Xvfb, or
 *   undefined if it is not installed
 */

/** Environment variables that name an executable and win over the search. */
export const OVERRIDES = { chromium: "WELBY_CHROMIUM", firefox: "WELBY_FIREFOX" };

/** @returns {Browsers} */
export function findBrowsers() {
  const chromium = process.env[OVERRIDES.chromium] ?? first(chromiumPlaces());
  const firefox = process.env[OVERRIDES.firefox] ?? first(firefoxPlaces());
  const webkit = findWebKit();
  return { ...(chromium && { chromium }), ...(firefox && { firefox }), ...(webkit && { webkit }) };
}

/**
 * The executable of this name on the PATH.
 *
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  const directories = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return first(
    directories.map((directory) => join(directory, process.platform === "win32" ? `${name}.exe` : name)),
  );
}

function findWebKit() {
  if (process.platform !== "linux") return undefined;
  const driver = onPath("WebKitWebDriver");
  // The automation browser of WebKitGTK is not on the PATH; the newest API version comes last.
  const browser = [
    ...globSync("/usr/lib/*/webkit2gtk-4.*/MiniBrowser"),
    ...globSync("/usr/libexec/webkit2gtk-4.*/MiniBrowser"),
    ...globSync("/usr/lib/webkit2gtk-4.*/MiniBrowser"),
  ]
    .sort()
    .at(-1);
  return driver && browser ? { driver, browser, display: onPath("Xvfb") } : undefined;
}

function chromiumPlaces() {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].flatMap((app) => macApplication(app, app));
  }
  if (process.platform === "win32") {
    return [
      "Google\\Chrome\\Application\\chrome.exe",
      "Chromium\\Application\\chrome.exe",
      "Microsoft\\Edge\\Application\\msedge.exe",
    ].flatMap(windowsProgram);
  }
  return ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"].map(
    onPath,
  );
}

function firefoxPlaces() {
  if (process.platform === "darwin") {
    return ["Firefox", "Firefox Developer Edition"].flatMap((app) => macApplication(app, "firefox"));
  }
  if (process.platform === "win32") return windowsProgram("Mozilla Firefox\\firefox.exe");
  return ["firefox-esr", "firefox"].map(onPath);
}

/** @param {string} app @param {string} executable */
function macApplication(app, executable) {
  return ["/Applications", join(process.env.HOME ?? "/", "Applications")].map((directory) =>
    join(directory, `${app}.app`, "Contents", "MacOS", executable),
  );
}

/** @param {string} path */
function windowsProgram(path) {
  return ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
    .map((variable) => process.env[variable])
    .filter((directory) => directory !== undefined)
    .map((directory) => join(directory, path));
}

/** @param {(string | undefined)[]} places */
function first(places) {
  return places.find((place) => place !== undefined && existsSync(place));
}
