import type { Environment } from "../environment.ts";

/**
 * Remembers in sessionStorage which session this tab belonged to, so that a reload of the only tab is told apart from
 * a browser that was closed. The id opens nothing.
 */
export interface Marker {
  matches(sessionId: string): boolean;
  set(sessionId: string): void;
  remove(): void;
}

export function createMarker({ sessionStorage }: Pick<Environment, "sessionStorage">, scope: string): Marker {
  const key = `welby:session:${scope}`;
  // Denied or full storage means that only another live tab keeps the session over a reload.
  const guarded = <T>(use: () => T): T | undefined => {
    try {
      return use();
    } catch {
      return undefined;
    }
  };
  return {
    matches: (sessionId) => guarded(() => sessionStorage?.getItem(key)) === sessionId,
    set: (sessionId) => guarded(() => sessionStorage?.setItem(key, sessionId)),
    remove: () => guarded(() => sessionStorage?.removeItem(key)),
  };
}
