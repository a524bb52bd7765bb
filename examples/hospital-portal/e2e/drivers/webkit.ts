import { writeFile } from "node:fs/promises";
import { startWebKitDriver } from "../../../../scripts/browsers/webkit-driver.mjs";
import { DriverCommandFailed, type Driver, type Key, type Page } from "./driver.ts";

/** Code points of the WebDriver specification, §17.4.2. */
const KEYS: Record<Key, string> = {
  Tab: "\uE004",
  Enter: "\uE007",
  Escape: "\uE00C",
  ArrowDown: "\uE015",
  ArrowUp: "\uE013",
  Space: " ",
  Backspace: "\uE003",
};
const CONTROL = "\uE009";

/** WebKitGTK over classic WebDriver, spoken directly: a handful of commands, so that a refused one can be named. */
export async function startWebKit(): Promise<Driver> {
  const driver = await startWebKitDriver();
  const base = `http://${driver.hostname}:${driver.port}`;
  const { "wdio:enforceWebDriverClassic": _own, ...capabilities } = driver.capabilities;
  const { sessionId } = await call<{ sessionId: string }>("New Session", "POST", `${base}/session`, {
    capabilities: { alwaysMatch: capabilities },
  });
  const session = <T>(name: string, method: string, path: string, body?: unknown) =>
    call<T>(name, method, `${base}/session/${sessionId}${path}`, body);
  const first = await session<string>("Get Window Handle", "GET", "/window");
  let firstIsTaken = false;
  return {
    engine: "webkit",
    newPage: async () => {
      if (!firstIsTaken) {
        firstIsTaken = true;
        return wrap(first, session);
      }
      const { handle } = await session<{ handle: string }>("New Window", "POST", "/window/new", {
        type: "tab",
      });
      return wrap(handle, session);
    },
    close: async () => {
      await session("Delete Session", "DELETE", "").catch(() => {});
      await driver.stop();
    },
  };
}

type Session = <T>(name: string, method: string, path: string, body?: unknown) => Promise<T>;

function wrap(handle: string, session: Session): Page {
  const here = async <T>(name: string, method: string, path: string, body?: unknown): Promise<T> => {
    await session("Switch To Window", "POST", "/window", { handle });
    return session<T>(name, method, path, body);
  };
  const keys = (actions: readonly { type: "keyDown" | "keyUp"; value: string }[]) =>
    here<void>("Perform Actions (key)", "POST", "/actions", {
      actions: [{ type: "key", id: "keyboard", actions }],
    });
  const stroke = (value: string) => [
    { type: "keyDown" as const, value },
    { type: "keyUp" as const, value },
  ];
  return {
    goto: (url) => here("Navigate To", "POST", "/url", { url }),
    reload: () => here("Refresh", "POST", "/refresh", {}),
    url: () => here("Get Current URL", "GET", "/url"),
    evaluate: (fn, ...args) =>
      here("Execute Script", "POST", "/execute/sync", {
        script: `return (${fn.toString()})(...arguments)`,
        args,
      }),
    clickAt: (x, y) =>
      here("Perform Actions (pointer)", "POST", "/actions", {
        actions: [
          {
            type: "pointer",
            id: "mouse",
            parameters: { pointerType: "mouse" },
            actions: [
              { type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y), origin: "viewport" },
              { type: "pointerDown", button: 0 },
              { type: "pointerUp", button: 0 },
            ],
          },
        ],
      }),
    // One command a character: WebKitGTK drops characters of a long action sequence.
    type: async (text) => {
      for (const character of text) await keys(stroke(character));
    },
    press: (key) => keys(stroke(KEYS[key])),
    selectAll: () =>
      keys([{ type: "keyDown", value: CONTROL }, ...stroke("a"), { type: "keyUp", value: CONTROL }]),
    screenshot: async (file) =>
      writeFile(file, Buffer.from(await here<string>("Take Screenshot", "GET", "/screenshot"), "base64")),
    close: () => here("Close Window", "DELETE", "/window"),
  };
}

async function call<T>(name: string, method: string, url: string, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(60_000),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (response.ok) return value;
  // Only these two say that the engine cannot do it; anything else is a failure of the journey.
  if (value.error === "unknown command" || value.error === "unsupported operation") {
    throw new DriverCommandFailed(name, value.message ?? value.error);
  }
  throw new Error(`${name}: ${value.error ?? response.status}: ${value.message ?? ""}`);
}
