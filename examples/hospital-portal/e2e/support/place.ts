import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox, type SandboxOptions } from "@welby/sandbox";
import { startPortal } from "../../server.mjs";
import { portOrNext } from "../../../../scripts/ports.mjs";

/** A hospital of one's own: sandbox with a fresh database on disk, and the portal on another origin. */
export interface Place {
  readonly apiUrl: string;
  readonly portalUrl: string;
  close(): Promise<void>;
}

/** @param options `clock`: the API's, for what takes minutes */
export async function openPlace(options: Pick<SandboxOptions, "clock"> = {}): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), "welby-journey-"));
  const portalPort = await portOrNext(20_000 + Math.floor(Math.random() * 20_000));
  const portalOrigin = `http://localhost:${portalPort}`;
  const sandbox = await startSandbox({ ...options, port: 0, dataDir, portalOrigin });
  const portal = await startPortal({ port: portalPort, apiUrl: sandbox.url });
  return {
    apiUrl: sandbox.url,
    portalUrl: portal.url,
    close: async () => {
      await portal.stop();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
