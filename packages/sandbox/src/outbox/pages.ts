import type { OutboxRecord } from "@welby/backend/ports";
import { displayJst, formatJst } from "@welby/text";
import { html, htmlResponse, type Html } from "./html.ts";
import { linked } from "./linked.ts";
import { texts, type Language, type Texts } from "./texts.ts";

/** The list: when, to whom, about what. Bodies hold links and first passwords, so they stand on the message's own page only. */
export function listPage(messages: readonly OutboxRecord[], language: Language): Response {
  const t = texts[language];
  const rows = messages.map(
    (message) =>
      html`<tr role="row">
        <td role="cell">${time(message.createdAt)}</td>
        <td role="cell">${channel(t, message)}</td>
        <td role="cell">${message.recipient}</td>
        <td role="cell"><a href="/outbox/${message.id}?lang=${language}">${message.subject || t.sms}</a></td>
      </tr> `,
  );
  const table = html`<table role="table">
    <caption>
      ${t.caption}
    </caption>
    <thead>
      <tr role="row">
        <th scope="col" role="columnheader">${t.time}</th>
        <th scope="col" role="columnheader">${t.channel}</th>
        <th scope="col" role="columnheader">${t.to}</th>
        <th scope="col" role="columnheader">${t.subject}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
  return page(
    200,
    language,
    html`<p>${t.intro}</p>
      ${rows.length === 0 ? html`<p>${t.empty}</p>` : table}
      <p><a href="/outbox?lang=${language}">${t.reload}</a></p>`,
  );
}

/** One message with its body as text; web addresses in it can be clicked, as in a mail program. */
export function messagePage(message: OutboxRecord, language: Language): Response {
  const t = texts[language];
  return page(
    200,
    language,
    html`<dl>
        <dt>${t.time}</dt>
        <dd>${time(message.createdAt)}</dd>
        <dt>${t.channel}</dt>
        <dd>${channel(t, message)}</dd>
        <dt>${t.to}</dt>
        <dd>${message.recipient}</dd>
        <dt>${t.subject}</dt>
        <dd>${message.subject}</dd>
      </dl>
      <h2>${t.body}</h2>
      <pre>${linked(message.body)}</pre>
      <p><a href="/outbox?lang=${language}">${t.back}</a></p>`,
  );
}

export function refusalPage(
  status: number,
  language: Language,
  reason: "notFound" | "badId" | "forbidden" | "method",
): Response {
  return page(status, language, html`<p>${texts[language][reason]}</p>`);
}

function page(status: number, language: Language, content: Html): Response {
  const t = texts[language];
  const other = language === "ja" ? "en" : "ja";
  return htmlResponse(
    status,
    language,
    t.title,
    html`<header>
        <h1>${t.title}</h1>
        <a href="?lang=${other}" lang="${other}">${t.other}</a>
      </header>
      <main>${content}</main>`,
  );
}

function time(at: Date): Html {
  return html`<time datetime="${formatJst(at)}">${displayJst(at, { seconds: true })}</time>`;
}

function channel(t: Texts, { channel, status }: OutboxRecord): string {
  return status === "sent" ? t[channel] : `${t[channel]} (${t[status]})`;
}
