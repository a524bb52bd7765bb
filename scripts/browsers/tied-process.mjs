// `node tied-process.mjs <command> [arguments]` runs a command until its own standard input closes, then ends it
// with everything it started. A pipe closes however its writer ends, also by SIGKILL: no driver, display or
// browser is ever left running.
import { spawn } from "node:child_process";

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });

child.once("error", (error) => {
  console.error(String(error));
  process.exit(1);
});
child.once("exit", (code) => {
  endGroup("SIGKILL");
  process.exit(code ?? 1);
});
process.stdin.resume().once("close", () => {
  endGroup("SIGTERM");
  setTimeout(() => endGroup("SIGKILL"), 2000);
});

/** @param {NodeJS.Signals} signal */
function endGroup(signal) {
  try {
    process.kill(-(child.pid ?? NaN), signal);
  } catch {
    // Nobody left in the group.
  }
}
