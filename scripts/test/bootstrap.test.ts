import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "welby-bootstrap-"));
  mkdirSync(join(root, "scripts"));
  mkdirSync(join(root, "node_modules"));
  copyFileSync(new URL("../bootstrap.mjs", import.meta.url), join(root, "scripts/bootstrap.mjs"));
  writeFileSync(
    join(root, "npm.mjs"),
    'console.log("npm", ...process.argv.slice(2)); process.exit(process.env.NPM_FAILS ? 1 : 0);',
  );
});

afterEach(() => rmSync(root, { recursive: true }));

const lit = { version: "3.3.3", integrity: "sha512-lit" };

function bootstrap(locked: object, installed: object | undefined, env: Record<string, string> = {}) {
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...locked } }));
  if (installed) {
    writeFileSync(join(root, "node_modules/.package-lock.json"), JSON.stringify({ packages: installed }));
  }
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, "scripts/bootstrap.mjs")], {
    encoding: "utf8",
    env: { ...process.env, npm_execpath: join(root, "npm.mjs"), ...env },
  });
  return { installs: stdout.includes("npm ci"), stderr, status };
}

test("installs on a bare clone", () => {
  const { installs, status } = bootstrap({ "node_modules/lit": lit }, undefined);
  assert.deepEqual({ installs, status }, { installs: true, status: 0 });
});

test("does nothing when everything of the lock file is there", () => {
  assert.equal(bootstrap({ "node_modules/lit": lit }, { "node_modules/lit": lit }).installs, false);
});

test("installs when a version or its content changed", () => {
  assert.equal(
    bootstrap({ "node_modules/lit": lit }, { "node_modules/lit": { ...lit, version: "3.3.2" } }).installs,
    true,
  );
  assert.equal(
    bootstrap({ "node_modules/lit": lit }, { "node_modules/lit": { ...lit, integrity: "x" } }).installs,
    true,
  );
});

test("misses an optional package of this platform, not one of another", () => {
  const here = { ...lit, optional: true, os: [process.platform], cpu: [process.arch] };
  const elsewhere = { ...lit, optional: true, os: ["aix"], cpu: ["ppc64"] };
  assert.equal(bootstrap({ "node_modules/a": here }, {}).installs, true);
  assert.equal(bootstrap({ "node_modules/b": elsewhere }, {}).installs, false);
});

test("stops with a plain message when npm fails", () => {
  const { status, stderr } = bootstrap({ "node_modules/lit": lit }, undefined, { NPM_FAILS: "1" });
  assert.equal(status, 1);
  assert.match(stderr, /npm ci failed/);
});
