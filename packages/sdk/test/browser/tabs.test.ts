import { expect, waitUntil } from "@open-wc/testing";
import { createClientIn } from "../../src/client.ts";
import type { Environment } from "../../src/environment.ts";
import type { ClientEvents, WelbyClient } from "../../src/types.ts";
import { BASE_URL } from "../support/scripted.ts";
import { CREDENTIALS } from "../support/client.ts";
import { fakeApi } from "../support/fake-api.ts";

/*
 * Tabs by clients: each client has its own IndexedDB connection, BroadcastChannel and place in the queue of the Web
 * Lock, which is all that tabs have. Clients in an iframe are in another page besides.
 */
type SessionEvent = ClientEvents["session"];
let count = 0;
const opened: WelbyClient[] = [];
afterEach(() => {
  for (const client of opened.splice(0)) client.dispose();
  sessionStorage.clear();
});

function browser() {
  const api = fakeApi();
  const clientId = `demo-portal-${(count += 1)}-${Math.round(performance.now())}`;
  const options = { baseUrl: BASE_URL, clientId, transport: api.transport };
  return {
    api,
    clientId,
    tab: (environment: Partial<Environment> = {}) => {
      const client = createClientIn({ random: () => 0, ...environment }, options);
      const events: SessionEvent[] = [];
      client.on("session", (event) => events.push(event));
      opened.push(client);
      return { client, events };
    },
  };
}
/** What IndexedDB holds of a client. */
const stored = (clientId: string): Promise<{ session: unknown; key: unknown }> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(`welby:${clientId}@${BASE_URL}`, 1);
    request.onerror = () => reject(new Error("not opened"));
    request.onsuccess = () => {
      const entries = request.result.transaction("entries").objectStore("entries");
      const [session, key] = [entries.get("session"), entries.get("key")];
      entries.transaction.oncomplete = () => {
        request.result.close();
        resolve({ session: session.result, key: key.result });
      };
    };
  });

describe("a session in the browser", () => {
  it("is kept in IndexedDB, and nowhere else but for the session's id in sessionStorage", async () => {
    const { clientId, tab } = browser();
    const { client } = tab();
    await client.auth.signIn(CREDENTIALS);
    const { session, key } = await stored(clientId);
    expect((session as { refreshToken: string }).refreshToken).to.match(/^refresh-suzuki/);
    expect((key as CryptoKeyPair).privateKey.extractable).to.equal(false);
    expect(Object.values(sessionStorage)).to.deep.equal([(session as { sessionId: string }).sessionId]);
    expect(localStorage.length).to.equal(0);
    expect(document.cookie).to.equal("");
  });

  it("survives a reload of the only tab", async () => {
    const { tab } = browser();
    const first = tab();
    await first.client.auth.signIn(CREDENTIALS);
    first.client.dispose();
    const second = tab();
    expect(await second.client.session.ready()).to.equal("signed_in");
    expect((await second.client.me.get()).name.text).to.equal("suzuki");
  });

  it("does not survive the browser: tokens are wiped, the key stays", async () => {
    const { api, clientId, tab } = browser();
    const first = tab();
    await first.client.auth.signIn(CREDENTIALS);
    const before = await stored(clientId);
    first.client.dispose();
    sessionStorage.clear();
    const second = tab();
    const startedAt = performance.now();
    expect(await second.client.session.ready()).to.equal("signed_out");
    expect(performance.now() - startedAt).to.be.below(2000);
    const after = await stored(clientId);
    expect(after.session).to.equal(undefined);
    const print = ({ key }: { key: unknown }) =>
      crypto.subtle.exportKey("jwk", (key as CryptoKeyPair).publicKey);
    expect(await print(after)).to.deep.equal(await print(before));
    expect(api.sessions[0]?.condition).to.equal("live");
  });

  it("is taken over by a new tab while another one lives", async () => {
    const { tab } = browser();
    await tab().client.auth.signIn(CREDENTIALS);
    sessionStorage.clear();
    const second = tab();
    expect(await second.client.session.ready()).to.equal("signed_in");
    expect(second.events).to.deep.equal([{ state: "signed_in", reason: "restored" }]);
  });

  it("SD-6 A-104 is refreshed once by all tabs together", async () => {
    const { api, tab } = browser();
    const tabs = Array.from({ length: 5 }, () => tab());
    await tabs[0]?.client.auth.signIn(CREDENTIALS);
    await Promise.all(tabs.map(({ client }) => client.session.ready()));
    await waitUntil(
      () => tabs.every(({ client }) => client.session.state === "signed_in"),
      "every tab follows",
    );
    for (let round = 1; round <= 3; round += 1) {
      api.expireAccessTokens();
      const names = await Promise.all(
        tabs.flatMap(({ client }) => [client.me.get(), client.me.get(), client.me.get()]),
      );
      expect(names.length).to.equal(15);
      expect(api.transport.to("/v1/auth/token").length).to.equal(round);
    }
  });

  it("SD-6 A-104 is refreshed once together with a tab in another page", async () => {
    const { api, clientId, tab } = browser();
    const { client } = tab();
    await client.auth.signIn(CREDENTIALS);
    const frame = document.createElement("iframe");
    const here = window as unknown as { shared?: unknown };
    here.shared = { transport: api.transport, baseUrl: BASE_URL, clientId };
    frame.srcdoc = `<script type="module">
      const { createClientIn } = await import(${JSON.stringify(new URL("../../src/client.ts", import.meta.url).href)});
      window.client = createClientIn({ random: () => 0 }, parent.shared);
      window.state = await window.client.session.ready();
    </script>`;
    document.body.append(frame);
    const there = () => frame.contentWindow as unknown as { client?: WelbyClient; state?: string } | null;
    await waitUntil(() => there()?.state !== undefined, "the other page starts", { timeout: 4000 });
    expect(there()?.state).to.equal("signed_in");
    const other = there()?.client;
    api.expireAccessTokens();
    await Promise.all([client.me.get(), other?.me.get(), client.me.get(), other?.me.get()]);
    expect(api.transport.to("/v1/auth/token").length).to.equal(1);
    await other?.auth.signOut();
    await waitUntil(
      () => client.session.state === "signed_out",
      "this page follows the sign-out of the other",
    );
    frame.remove();
    delete here.shared;
  });

  it("ends in all tabs within a second when one signs out", async () => {
    const { clientId, tab } = browser();
    const tabs = Array.from({ length: 4 }, () => tab());
    await tabs[0]?.client.auth.signIn(CREDENTIALS);
    await waitUntil(
      () => tabs.every(({ client }) => client.session.state === "signed_in"),
      "every tab follows",
    );
    await tabs[2]?.client.auth.signOut();
    await waitUntil(
      () => tabs.every(({ client }) => client.session.state === "signed_out"),
      "every tab follows",
      { timeout: 1000 },
    );
    expect((await stored(clientId)).session).to.equal(undefined);
    expect(sessionStorage.length).to.equal(0);
    expect(tabs[0]?.events.at(-1)).to.deep.equal({ state: "signed_out", reason: "other_tab" });
  });

  it("A-084 is not impressed by messages and storage of other scripts", async () => {
    const { clientId, tab } = browser();
    const { client, events } = tab();
    await client.auth.signIn(CREDENTIALS);
    const channel = new BroadcastChannel(`welby:${clientId}@${BASE_URL}`);
    for (const message of ["changed", "here", "signed_out", { state: "signed_out" }, null])
      channel.postMessage(message);
    window.postMessage("changed", "*");
    sessionStorage.setItem(`welby:session:${clientId}@${BASE_URL}`, "forged");
    localStorage.setItem(`welby:${clientId}`, "forged");
    window.dispatchEvent(new StorageEvent("storage", { key: null }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    channel.close();
    localStorage.clear();
    expect(client.session.state).to.equal("signed_in");
    expect(events.filter(({ state }) => state === "signed_out").length).to.be.at.most(1);
    expect((await client.me.get()).name.text).to.equal("suzuki");
  });

  it("A-103 works in memory where IndexedDB is denied", async () => {
    const denied = {
      open: () => {
        throw new DOMException("denied", "SecurityError");
      },
    } as unknown as IDBFactory;
    const { tab } = browser();
    const { client } = tab({ indexedDB: denied });
    await client.auth.signIn(CREDENTIALS);
    expect((await client.me.get()).name.text).to.equal("suzuki");
    await client.auth.signOut();
    expect(client.session.state).to.equal("signed_out");
  });

  it("comes back from the back/forward cache as what it is now", async () => {
    const { tab } = browser();
    const deaf = tab({ openChannel: undefined });
    await deaf.client.auth.signIn(CREDENTIALS);
    await tab().client.auth.signOut();
    expect(deaf.client.session.state).to.equal("signed_in");
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await waitUntil(() => deaf.client.session.state === "signed_out", "the page looks into the store again");
  });
});
