/**
 * For pages without a build step: one script that fetches an element when its tag is on the page, and the SDK when
 * somebody uses it. `<script type="module" src="…/cdn/welby.js"></script>`
 */
import type { ClientOptions, WelbyClient } from "@welby/sdk";
import { autoload } from "./internal/autoload.ts";

/**
 * The SDK's `createClient`, fetched when it is called: a page whose provider makes the client never waits for it.
 * @throws {invalid_configuration}
 * @example const client = await createClient({ baseUrl: "https://api.example.jp", clientId: "demo-portal" });
 */
export async function createClient(options: ClientOptions): Promise<WelbyClient> {
  const sdk = await import("@welby/sdk");
  return sdk.createClient(options);
}

const loaders = {
  "welby-provider": () => import("./define/provider.ts"),
  "welby-login": () => import("./define/login.ts"),
  "welby-password-reset": () => import("./define/password-reset.ts"),
  "welby-group-picker": () => import("./define/group-picker.ts"),
  "welby-staff-role-editor": () => import("./define/staff-role-editor.ts"),
};

// A page renderer in Node may import this file too.
if (typeof document !== "undefined") autoload(document, loaders);
