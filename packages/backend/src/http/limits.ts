import { ApiProblem } from "../domain/api-problem.ts";

const MAX_HEADER_BYTES = 16 * 1024;
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;

/** @throws {headers_too_large} */
export function checkHeaderSize(headers: Headers): void {
  let size = 0;
  for (const [name, value] of headers) size += name.length + value.length + 4;
  if (size > MAX_HEADER_BYTES) throw new ApiProblem("headers_too_large");
}

/**
 * Reads a JSON body: at most 1 MB, counted while it arrives, at most 32 levels deep.
 * @throws {unsupported_media_type} @throws {payload_too_large} @throws {malformed_request}
 */
export async function readJson(request: Request): Promise<unknown> {
  checkMediaType(request.headers);
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES)
    throw new ApiProblem("payload_too_large");
  const text = decode(await readBytes(request));
  checkDepth(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiProblem("malformed_request");
  }
}

function checkMediaType(headers: Headers): void {
  const type = headers.get("content-type") ?? "";
  if (
    !/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type.trim()) ||
    headers.has("content-encoding")
  ) {
    throw new ApiProblem("unsupported_media_type");
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      size += part.value.length;
      if (size > MAX_BODY_BYTES) throw new ApiProblem("payload_too_large");
      chunks.push(part.value);
    }
  } catch (error) {
    // Stop reading, and don't wait for a sender that never ends.
    reader?.cancel().catch(() => undefined);
    throw error instanceof ApiProblem ? error : new ApiProblem("malformed_request");
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ApiProblem("malformed_request");
  }
}

/** Counts brackets outside strings, so that nothing deep is ever built. */
function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (inString) {
      if (char === BACKSLASH) index++;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      if (++depth > MAX_DEPTH) throw new ApiProblem("malformed_request");
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth--;
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
