import type { SandboxOptions } from "./options.ts";

const DEFAULT_PORTAL = "http://localhost:8080";

/** Origins whose pages may call the API; mail links lead to the first. */
export function portalOrigins({
  portalOrigin = DEFAULT_PORTAL,
  allowOrigins = [],
}: SandboxOptions): string[] {
  return [...new Set([portalOrigin, ...allowOrigins])];
}

/** The addresses by which the API may be called, the one to tell first; a DPoP proof for any other is refused. */
export function publicUrls(
  { publicUrl, host = "localhost" }: SandboxOptions,
  port: number,
): [string, ...string[]] {
  if (publicUrl !== undefined) return [publicUrl.replace(/\/+$/, "")];
  const at = (name: string) => `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
  if (host === "localhost") return [at("localhost"), at("127.0.0.1"), at("::1")];
  return [at(host), at("localhost"), at("127.0.0.1")];
}
