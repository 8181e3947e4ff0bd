import type { Browser, BrowserContext, Page } from "playwright-core";
import { visit } from "./visitor.ts";
import type { Visitor, VisitorOptions } from "./visitor.ts";

/** What the session of somebody is made of: cookies, to be taken into other browsers. */
export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Sets a fresh installation up over the API as its owner would on the page; the session. */
export async function setUp(browser: Browser, url: string, name = "林悦"): Promise<Session> {
  const context = await browser.newContext();
  try {
    const answer = await context.request.post(`${url}/api/setup`, { data: { name, language: "en" }, headers: { origin: url } });
    if (answer.status() !== 201) throw new Error(`the set-up was refused: ${await answer.text()}`);
    return await context.storageState();
  } finally {
    await context.close();
  }
}

/** Lets somebody join the worked example by an invitation of a partner, with an account of their own; the session. */
export async function join(browser: Browser, url: string, partner: Session, who: { role: string; name: string }): Promise<Session> {
  const headers = { origin: url };
  const inviting = await browser.newContext({ storageState: partner });
  const joining = await browser.newContext();
  try {
    const session = (await (await inviting.request.get(`${url}/api/session`)).json()) as { csrfToken: string };
    const invited = await inviting.request.post(`${url}/api/workspaces/china_ai_2024/invitations`, {
      data: { role: who.role },
      headers: { ...headers, "x-csrf-token": session.csrfToken },
    });
    if (invited.status() !== 201) throw new Error(`the invitation was refused: ${await invited.text()}`);
    const { token } = (await invited.json()) as { token: string };
    const account = { name: who.name, email: `${who.role}@example.org`, password: "correct horse battery", language: "en" };
    const joined = await joining.request.post(`${url}/api/invitations/${token}/accept`, { data: account, headers });
    if (joined.status() !== 201) throw new Error(`joining was refused: ${await joined.text()}`);
    return await joining.storageState();
  } finally {
    await inviting.close();
    await joining.close();
  }
}

/** A visitor with somebody's session. */
export async function visitAs(browser: Browser, session: Session, options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await visit(browser, options);
  await visitor.context.addCookies(session.cookies);
  return visitor;
}

/** One call of the API with the session of a page, as the page makes it. */
export async function callApi<Answer>(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; answer: Answer }> {
  return page.evaluate(
    async ({ method: verb, path: at, body: sent }) => {
      const { csrfToken } = (await (await fetch("/api/session")).json()) as { csrfToken: string };
      const response = await fetch(`/api${at}`, {
        method: verb,
        headers: { "content-type": "application/json", "x-csrf-token": csrfToken },
        body: sent === undefined ? undefined : JSON.stringify(sent),
      });
      const text = await response.text();
      return { status: response.status, answer: (text === "" ? undefined : JSON.parse(text)) as never };
    },
    { method, path, body },
  );
}
