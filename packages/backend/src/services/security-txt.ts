import type { Service } from "./service.ts";

const PATH = "/.well-known/security.txt";
const DAY_MS = 24 * 3_600_000;
/** Whoever finds an old copy should look again (RFC 9116 §2.5.5 wants less than a year). */
const VALID_DAYS = 180;

/** Where to report a vulnerability, for those who look for it (RFC 9116). */
export const getSecurityTxt: Service<"getSecurityTxt"> = async ({ server, ports }) => {
  const today = Math.floor(ports.clock.now().getTime() / DAY_MS) * DAY_MS;
  const expires = new Date(today + VALID_DAYS * DAY_MS).toISOString().replace(".000Z", "Z");
  const fields = [
    ["Contact", server.securityContact],
    ["Expires", expires],
    ["Preferred-Languages", "ja, en"],
    ["Canonical", server.baseUrl + PATH],
  ];
  return { text: fields.map(([name, value]) => `${name}: ${value}\r\n`).join("") };
};

/** The mailbox that RFC 2142 gives every domain for this. */
export function defaultSecurityContact(baseUrl: string): string {
  return `mailto:security@${new URL(baseUrl).hostname}`;
}
