import { lookup } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { WebhookDelivery, Webhooks } from "@welby/backend/ports";
import { isLoopback } from "../server/remote-address.ts";
import { mayReceive } from "./public-address.ts";

/** An address to which nothing is sent. Its message names no part of the address: it goes into the log. */
export class RefusedEndpoint extends Error {
  constructor(reason: string) {
    super(`The endpoint was not called: ${reason}`);
    this.name = "RefusedEndpoint";
  }
}

export interface WebhookSenderOptions {
  /** Deliver to this machine too, also by plain http: for development. */
  readonly allowLoopback?: boolean;
  /** All addresses of a host name; the system's resolver unless told. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** From the first look-up to the last byte; 10 s unless told. */
  readonly timeoutMs?: number;
}

/** Of an answer nobody needs more than its status. */
const MAX_ANSWER = 64 * 1024;

/**
 * Posts deliveries to partners' servers, guarded against server-side request forgery: https only, the name is looked up once, every
 * address that it has must be a public one, and the connection goes to those that were checked, whatever the name says a moment
 * later. No redirect is followed, no proxy asked, no connection kept.
 */
export function createWebhookSender({
  allowLoopback = false,
  resolve = resolveName,
  timeoutMs = 10_000,
}: WebhookSenderOptions = {}): Webhooks {
  return {
    async send(delivery) {
      const signal = AbortSignal.timeout(timeoutMs);
      const url = parse(delivery.url);
      const addresses = await checkedAddresses(url, { allowLoopback, resolve, signal });
      if (url.protocol !== "https:" && !addresses.every(isLoopback))
        throw new RefusedEndpoint("it is not https");
      return post(url, addresses, delivery, signal);
    },
  };
}

function parse(text: string): URL {
  if (!URL.canParse(text)) throw new RefusedEndpoint("its address cannot be read");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new RefusedEndpoint("it is not https");
  if (url.username || url.password) throw new RefusedEndpoint("its address holds a password");
  return url;
}

async function checkedAddresses(
  url: URL,
  {
    allowLoopback,
    resolve,
    signal,
  }: Required<Pick<WebhookSenderOptions, "allowLoopback" | "resolve">> & { readonly signal: AbortSignal },
): Promise<readonly string[]> {
  // `URL` has turned 2130706433, 0x7f.1 and 0177.0.0.1 into 127.0.0.1 already.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(host) === 0 ? await within(signal, resolve(host)) : [host];
  if (addresses.length === 0) throw new RefusedEndpoint("its name has no address");
  // One bad address among good ones is a name that somebody plays with.
  if (!addresses.every((address) => mayReceive(address, allowLoopback)))
    throw new RefusedEndpoint("its address is not a public one");
  return addresses;
}

async function resolveName(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
}

/** A look-up cannot be called off, but nobody has to wait for it. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}

function post(
  url: URL,
  addresses: readonly string[],
  { headers, body }: WebhookDelivery,
  signal: AbortSignal,
): Promise<{ status: number }> {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body), "user-agent": "welby-webhooks" },
        lookup: pinned(addresses),
        // A connection of its own: a kept one was checked for another delivery.
        agent: false,
        maxHeaderSize: 16 * 1024,
        signal,
      },
      (answer) => {
        discard(answer).then(() => resolve({ status: answer.statusCode ?? 0 }), reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** The resolver of this one connection: it knows the addresses that were checked, and no others. */
function pinned(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, done) => {
    if (options.all) return done(null, known);
    const [first] = known;
    done(null, first?.address ?? "", first?.family);
  };
}

/** Reads the answer to its end, but not for ever: whoever sends more than anybody asked for is cut off, and has answered. */
async function discard(answer: IncomingMessage): Promise<void> {
  let read = 0;
  for await (const chunk of answer) {
    read += (chunk as Buffer).length;
    if (read > MAX_ANSWER) break;
  }
}
