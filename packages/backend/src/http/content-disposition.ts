// `attr-char` of RFC 5987; everything else is percent-encoded, so no name can end the header or its quotes.
const NOT_ATTR_CHAR = /['()*]/g;

/**
 * Offers an answer as a file (RFC 6266): a plain name for old readers, and the real one for all others.
 * @example attachment("操作ログ.csv") // attachment; filename="____.csv"; filename*=UTF-8''%E6%93%8D…
 */
export function attachment(fileName: string): string {
  const name = fileName
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    // A name is no path, and nothing in it is invisible.
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF/\\:*?"<>|]/g, "_");
  const plain = name.replace(/[^\w.-]/gu, "_");
  const encoded = encodeURIComponent(name).replace(
    NOT_ATTR_CHAR,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
