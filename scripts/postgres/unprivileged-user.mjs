import { readFileSync } from "node:fs";

/**
 * The user to run as in the place of root, since PostgreSQL refuses to be root; `undefined` if this process
 * is not root.
 *
 * @returns {{ name: string, uid: number, gid: number } | undefined}
 */
export function unprivilegedUser() {
  if (process.platform === "win32" || process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const wanted of ["postgres", "nobody"]) {
    const entry = users.find(([name]) => name === wanted);
    if (entry) return { name: wanted, uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error("PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as.");
}
