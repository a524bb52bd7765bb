/** One line for the operator. Fields never hold a body, a token, a name, an address or a filled-in URL. */
export type Log = (
  level: "info" | "warn" | "error",
  message: string,
  fields: Readonly<Record<string, string | number | boolean | null>>,
) => void;

export const silentLog: Log = () => undefined;

/** Where an error was thrown, without its message: messages of databases and parsers quote values. */
export function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const code = (error as { code?: unknown }).code;
  return {
    error: error.name,
    ...(typeof code === "string" && { code }),
    at: frames
      .slice(0, 8)
      .map((frame) => frame.trim())
      .join(" | "),
  };
}
