import type {
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyRegistration,
  PasskeyRequest,
} from "@welby/contract/schemas";
import { base64url } from "jose";

/** What a test changes about an answer; all of it is right unless said. */
export interface AuthenticatorChanges {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly userVerified?: boolean;
  readonly userHandle?: string | null;
  readonly clientData?: Readonly<Record<string, unknown>>;
  readonly signCount?: number;
}

export interface SoftwareAuthenticator {
  create(options: PasskeyCreation, changes?: AuthenticatorChanges): Promise<PasskeyRegistration>;
  get(options: PasskeyRequest, changes?: AuthenticatorChanges): Promise<PasskeyAssertion>;
}

/** Flags of authenticator data (WebAuthn §6.1). */
const UP = 0x01;
const UV = 0x04;
const BE = 0x08;
const BS = 0x10;
const AT = 0x40;

/**
 * A passkey without a device: an ES256 key of WebCrypto that answers as an authenticator and its browser would.
 * @param options.origin the page on which it is used
 * @param options.synced whether it may leave its device
 */
export async function softwareAuthenticator(options: {
  readonly origin: string;
  readonly synced?: boolean;
}): Promise<SoftwareAuthenticator> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { name: "ECDSA", namedCurve: "P-256" },
    false,
    ["sign", "verify"],
  );
  const credentialId = crypto.getRandomValues(new Uint8Array(32));
  const id = base64url.encode(credentialId);
  const made = { id, rawId: id, type: "public-key" } as const;
  let signCount = options.synced ? 0 : 1;
  let userHandle: string | null = null;
  let rpId = "";

  const clientData = (type: string, challenge: string, changes: AuthenticatorChanges) =>
    base64url.encode(
      JSON.stringify({
        type,
        challenge: changes.challenge ?? challenge,
        origin: changes.origin ?? options.origin,
        crossOrigin: false,
        ...changes.clientData,
      }),
    );
  const authenticatorData = async (changes: AuthenticatorChanges, attested: Uint8Array) => {
    const verified = (changes.userVerified ?? true) ? UV : 0;
    const backup = options.synced ? BE | BS : 0;
    const flags = UP | verified | backup | (attested.length > 0 ? AT : 0);
    const counter = new DataView(new ArrayBuffer(4));
    counter.setUint32(0, changes.signCount ?? signCount);
    return concat(
      await digest(encode(changes.rpId ?? rpId)),
      Uint8Array.of(flags),
      new Uint8Array(counter.buffer),
      attested,
    );
  };

  return {
    async create(creation, changes = {}) {
      rpId = creation.rp.id;
      userHandle = creation.user.id;
      const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", publicKey);
      const attested = concat(
        new Uint8Array(16),
        Uint8Array.of(0, credentialId.length),
        credentialId,
        coseKey(base64url.decode(x), base64url.decode(y)),
      );
      return {
        ...made,
        response: {
          clientDataJSON: clientData("webauthn.create", creation.challenge, changes),
          attestationObject: base64url.encode(attestationObject(await authenticatorData(changes, attested))),
          transports: [options.synced ? "hybrid" : "usb"],
        },
      };
    },

    async get(request, changes = {}) {
      rpId = request.rpId;
      if (!options.synced) signCount++;
      const data = await authenticatorData(changes, new Uint8Array());
      const clientDataJSON = clientData("webauthn.get", request.challenge, changes);
      const signed = concat(data, await digest(base64url.decode(clientDataJSON)));
      const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, signed);
      return {
        ...made,
        response: {
          clientDataJSON,
          authenticatorData: base64url.encode(data),
          signature: base64url.encode(derSignature(new Uint8Array(signature))),
          userHandle: changes.userHandle === undefined ? userHandle : changes.userHandle,
        },
      };
    },
  };
}

/** CBOR of a COSE key: EC2, ES256, P-256. */
function coseKey(x: Uint8Array, y: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
  return concat(Uint8Array.from([...head, 0x21, 0x58, x.length]), x, Uint8Array.of(0x22, 0x58, y.length), y);
}

/** CBOR of `{ fmt: "none", attStmt: {}, authData }`. */
function attestationObject(authData: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = (value: string) => concat(Uint8Array.of(0x60 + value.length), encode(value));
  const length = new DataView(new ArrayBuffer(2));
  length.setUint16(0, authData.length);
  const head = [text("fmt"), text("none"), text("attStmt"), Uint8Array.of(0xa0), text("authData")];
  return concat(Uint8Array.of(0xa3), ...head, Uint8Array.of(0x59), new Uint8Array(length.buffer), authData);
}

/** WebCrypto signs as r ‖ s; authenticators write both as ASN.1 integers. */
function derSignature(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (half: Uint8Array) => {
    const start = half.findIndex((byte) => byte !== 0);
    const digits = half.slice(start);
    // A set first bit would make it negative.
    const positive = (digits[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), digits) : digits;
    return concat(Uint8Array.of(0x02, positive.length), positive);
  };
  const both = concat(integer(raw.slice(0, 32)), integer(raw.slice(32)));
  return concat(Uint8Array.of(0x30, both.length), both);
}

const encode = (text: string) => new TextEncoder().encode(text);
const digest = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));

function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
