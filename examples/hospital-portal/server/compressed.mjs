import { brotliCompressSync, constants } from "node:zlib";

/** Compresses once, however often it is asked. @param {Buffer} body @returns {() => Buffer} */
export function compressOnce(body) {
  /** @type {Buffer | undefined} */
  let compressed;
  return () =>
    (compressed ??= brotliCompressSync(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }));
}
