// The portal's headers: as strict as a hospital may want them. The kit works under this policy without an exception.

/**
 * @param {{ type: string, nonce?: string, immutable?: boolean }} file
 * @param {{ apiUrl: string }} settings
 * @returns {Record<string, string | number>}
 */
export function headersFor({ type, nonce, immutable }, { apiUrl }) {
  return {
    "content-type": type,
    vary: "accept-encoding",
    "cache-control": immutable ? "max-age=31536000, immutable" : "no-store",
    "x-content-type-options": "nosniff",
    ...(nonce
      ? {
          "content-security-policy": [
            "default-src 'none'",
            `script-src 'nonce-${nonce}' 'strict-dynamic'`,
            `style-src 'nonce-${nonce}'`,
            `connect-src ${apiUrl}`,
            "img-src 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types lit-html 'allow-duplicates'",
            "base-uri 'none'",
            "object-src 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
          ].join("; "),
          // A reset link's page must not tell its address to anybody.
          "referrer-policy": "no-referrer",
          "cross-origin-opener-policy": "same-origin",
          "permissions-policy": "camera=(), microphone=(), geolocation=()",
        }
      : {}),
  };
}
