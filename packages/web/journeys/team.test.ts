import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openStage } from "./stage.ts";
import { chromiumPath, visit } from "./visitor.ts";
import type { Visitor } from "./visitor.ts";

const password = "correct horse battery";

/** A team from its first minute: one after the other on one installation, as it happens to a team. */
describe.skipIf(!chromiumPath())("a team", { timeout: 900_000 }, () => {
  let partner: Visitor;
  let home = "";
  const links: Record<string, string> = {};

  const stage = openStage(async ({ browser }) => {
    partner = await visit(browser);
  });

  const settings = async (page: Page, section: string): Promise<void> => {
    await page.goto(`${home}/settings?section=${section}`);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
  };

  test("first run: a name by keyboard alone, and the worked example is open with its decisions", async () => {
    const { page } = partner;
    await page.goto(stage.workbench.entrance);
    await page.getByLabel("Your name").and(page.locator(":focus")).waitFor();
    await page.keyboard.insertText("林悦");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Decisions" }).waitFor();
    home = page.url().replace(/\/$/, "");
    await page.getByText("MiniMax").first().waitFor();
    await expectText(page, /\d+ companies: invest now in \d+, wait for \d+, pass on \d+\./);
    expect(partner.faults()).toEqual([]);
  });

  test("nobody else can set up after that: a stranger is asked to sign in, and a wrong password is refused in words", async () => {
    const stranger = await visit(stage.browser, { language: "zh" });
    await stranger.page.goto(stage.workbench.url);
    await stranger.page.getByRole("heading", { name: "登录" }).waitFor();
    await stranger.page.getByLabel("邮箱").fill("nobody@example.org");
    await stranger.page.getByRole("textbox", { name: "密码" }).fill("a wrong password");
    await stranger.page.keyboard.press("Enter");
    await expectText(stranger.page, "邮箱与密码不匹配");
    expect(await stranger.page.getByLabel("邮箱").inputValue()).toBe("nobody@example.org");
    expect(stranger.faults()).toEqual([]);
    await stranger.close();
  });

  test("the owner sets a password, invites an analyst and an observer, and sees both invitations", async () => {
    const { page } = partner;
    await settings(page, "account");
    await page.getByLabel("E-mail").fill("lin@example.org");
    await page.getByRole("textbox", { name: "New password" }).fill(password);
    await page.getByRole("button", { name: "Save" }).click();
    await expectText(page, "Saved.");
    await settings(page, "members");
    for (const role of ["analyst", "observer"]) {
      const form = page.getByRole("form", { name: "Invite somebody" });
      await form.getByRole("combobox", { name: "Role" }).click();
      await page.getByRole("option", { name: new RegExp(`^${role}`) }).click();
      await form.getByRole("button", { name: "Make a link" }).click();
      const link = form.getByRole("textbox", { name: /The link/ });
      await page.waitForFunction(
        (before) => [...document.querySelectorAll("input")].some(({ value }) => value.includes("/join?") && value !== before),
        Object.values(links).at(-1) ?? "",
      );
      links[role] = await link.inputValue();
    }
    await expectText(page, /observer, by 林悦, until/);
    expect(partner.faults()).toEqual([]);
  });

  test("the analyst joins by the link, which then opens nothing more; and signs in again with the password", async () => {
    const analyst = await visit(stage.browser, { language: "zh" });
    await joinAs(analyst, links.analyst, "陈明", "chen@example.org");
    await analyst.page.getByRole("heading", { level: 1, name: "决策" }).waitFor();
    await analyst.close();
    const late = await visit(stage.browser);
    await late.page.goto(links.analyst);
    await expectText(late.page, "This invitation was used already");
    expect(late.faults()).toEqual([]);
    await late.page.goto(stage.workbench.url);
    await late.page.getByLabel("E-mail").fill("chen@example.org");
    await late.page.getByRole("textbox", { name: "Password" }).fill(password);
    await late.page.getByRole("button", { name: "Sign in" }).click();
    await late.page.getByRole("heading", { level: 1, name: "决策" }).waitFor(); // the language of the account
    expect(late.faults()).toEqual([]);
    await late.close();
  });

  test("the observer reads everything and is offered nothing that writes, and the server refuses what is forced", async () => {
    const observer = await visit(stage.browser);
    const { page } = observer;
    await joinAs(observer, links.observer, "Ola", "ola@example.org");
    await page.getByRole("heading", { level: 1, name: "Decisions" }).waitFor();
    await expectText(page, "You read here as an observer");
    for (const section of ["workspace", "members", "files", "audit"]) {
      await settings(page, section);
      for (const name of [/^Save$/, /Make a link/, /^Remove /, /Export as zip/, /Put this workspace away/])
        expect(await page.getByRole("button", { name }).and(page.locator(":enabled")).count(), `${name} in ${section}`).toBe(0);
    }
    const status = await page.evaluate(async () => {
      const { csrfToken } = (await (await fetch("/api/session")).json()) as { csrfToken: string };
      const item = { question: "compute_barrier", probability: 0.5 };
      const answer = await fetch("/api/workspaces/china_ai_2024/forecasts", {
        method: "POST",
        headers: { "content-type": "application/json", "x-csrf-token": csrfToken },
        body: JSON.stringify({ item }),
      });
      return answer.status;
    });
    expect(status).toBe(403);
    expect(observer.faults()).toEqual([]);
    await observer.close();
  });

  test("a partner makes the analyst a partner and takes it back", async () => {
    const { page } = partner;
    await settings(page, "members");
    await page.getByRole("combobox", { name: "Role of 陈明" }).click();
    await page.getByRole("option", { name: "partner" }).click();
    await expectText(page, "陈明’s membership is changed.");
    await page.getByRole("button", { name: "Undo" }).click();
    await expectText(page, "Undone.");
    await page.waitForFunction(() =>
      [...document.querySelectorAll("input")].some(
        (field) => field.getAttribute("aria-label") === "Role of 陈明" && field.value === "analyst",
      ),
    );
    expect(partner.faults()).toEqual([]);
  });

  test("two partners change the settings at once: the second sees both versions, chooses, and nothing is lost", async () => {
    const second = await visit(stage.browser, { language: "zh" });
    await second.page.goto(stage.workbench.url);
    await second.page.getByLabel("邮箱").fill("lin@example.org");
    await second.page.getByRole("textbox", { name: "密码" }).fill(password);
    await second.page.keyboard.press("Enter");
    await second.page.getByRole("button", { name: "中文" }).click();
    await second.page.getByRole("heading", { level: 1, name: "决策" }).waitFor();
    await settings(second.page, "workspace");
    await settings(partner.page, "workspace");
    await second.page.getByLabel("年折现率").fill("25");
    await second.page.getByLabel("英文说明").fill("written by the second");
    await partner.page.getByLabel("Discount rate a year").fill("22");
    await partner.page.getByLabel("Cash rate a year").fill("3");
    await partner.page.getByRole("form", { name: "Workspace" }).getByRole("button", { name: "Save" }).click();
    await expectText(partner.page, "Saved.");
    await second.page.getByRole("form", { name: "工作区" }).getByRole("button", { name: "保存" }).click();
    const dialog = second.page.getByRole("dialog", { name: "两个人改了同一内容" });
    await dialog.waitFor();
    await expectText(second.page, /您打开之后，林悦在/);
    expect(await dialog.getByRole("radio").count()).toBe(2); // the rate alone was changed by both
    await second.page.keyboard.press("Escape"); // back to writing: everything typed is still there
    await dialog.waitFor({ state: "hidden" });
    expect(await second.page.getByLabel("年折现率").inputValue()).toBe("25");
    await second.page.getByRole("form", { name: "工作区" }).getByRole("button", { name: "保存" }).click();
    await dialog.waitFor();
    await dialog.getByRole("radio", { name: /对方/ }).check();
    await dialog.getByRole("button", { name: "按所选保存" }).click();
    await dialog.waitFor({ state: "hidden" });
    await second.page.waitForFunction(() => !document.querySelector("[role=dialog]"));
    const { discountRate, cashRate, description } = await settingsNow(second.page);
    expect({ discountRate, cashRate }).toEqual({ discountRate: 0.22, cashRate: 0.03 });
    expect(description).toMatchObject({ en: "written by the second" });
    expect([...second.faults(), ...partner.faults()]).toEqual([]);
    await second.close();
  });

  test("the workspace is exported as a zip, comes back as a workspace of its own with the same content, and a broken archive is told", async () => {
    const { page } = partner;
    const folder = await mkdtemp(join(tmpdir(), "watershed-export-"));
    try {
      await settings(page, "files");
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export as zip" }).click()]);
      const archive = join(folder, "export.zip");
      await download.saveAs(archive);
      expect((await readFile(archive)).subarray(0, 2).toString()).toBe("PK");
      await writeFile(join(folder, "broken.zip"), "this is no archive");
      const choose = async (name: string): Promise<void> => {
        await page.locator('input[type="file"]').setInputFiles(join(folder, name));
        await page.getByRole("button", { name: "Import", exact: true }).click();
      };
      await choose("broken.zip");
      await expectText(page, "The archive cannot be read");
      await choose("export.zip");
      await page.getByRole("link", { name: "Open it" }).click();
      await page.getByRole("heading", { level: 1, name: "Decisions" }).waitFor();
      const copy = page.url().split("/").at(-1)!;
      expect(copy).not.toBe("china_ai_2024");
      const [one, other] = await Promise.all(["china_ai_2024", copy].map((id) => exported(page, id)));
      expect(Object.keys(other).sort()).toEqual(Object.keys(one).sort());
      expect(other).toEqual(one);
      expect(partner.faults()).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("a token reads over the API in its owner's name until it is ended", async () => {
    const { page } = partner;
    await settings(page, "tokens");
    await page.getByLabel("What for").fill("nightly import");
    await page.keyboard.press("Enter");
    const secret = await page.getByRole("textbox", { name: /The token/ }).inputValue();
    const read = (): Promise<number> =>
      fetch(`${stage.workbench.url}/api/workspaces`, { headers: { authorization: `Bearer ${secret}` } }).then(({ status }) => status);
    expect(await read()).toBe(200);
    await page.getByRole("button", { name: "End nightly import" }).click();
    await expectText(page, "You have no token.");
    expect(await read()).toBe(401);
    expect(partner.faults()).toEqual([]);
  });

  test("the audit trail tells who did all that", async () => {
    const { page } = partner;
    await settings(page, "audit");
    for (const said of [/林悦\s+changed the settings/, /陈明\s+joined/, /林悦\s+exported everything/, /Watershed\s+brought in/])
      await expectText(page.locator(".trail"), said);
    expect(partner.faults()).toEqual([]);
  });

  test("a restart prints a link that signs the owner in, once", async () => {
    await stage.workbench.restart();
    const again = await visit(stage.browser);
    const link = stage.workbench.entrance;
    expect(link).toContain("/sign-in?link=");
    await again.page.goto(link);
    await again.page.getByRole("heading", { level: 1, name: "Decisions" }).waitFor();
    expect(new URL(again.page.url()).search).toBe("");
    await again.page.goto(link); // whoever is in already needs no link
    await again.page.getByRole("heading", { level: 1, name: "Decisions" }).waitFor();
    await again.close();
    const second = await visit(stage.browser);
    await second.page.goto(link);
    await expectText(second.page, "This sign-in link was used already");
    expect(second.faults()).toEqual([]);
    await second.close();
  });

  /** Joins by an invitation with a new account. */
  async function joinAs({ page }: Visitor, link: string, name: string, email: string): Promise<void> {
    await page.goto(link);
    await page.getByLabel(/^(Your name|您的名字)/).fill(name);
    await page.getByLabel(/^(E-mail|邮箱)/).fill(email);
    await page.getByRole("textbox", { name: /^(Password|密码)/ }).fill(password);
    await page.keyboard.press("Enter");
  }
});

async function expectText(place: Pick<Page, "getByText">, text: string | RegExp): Promise<void> {
  await place.getByText(text).first().waitFor();
}

async function settingsNow(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(async () => {
    const view = (await (await fetch("/api/workspaces/china_ai_2024")).json()) as { workspace: { settings: Record<string, unknown> } };
    return view.workspace.settings;
  });
}

/** The files of a workspace, by path. */
async function exported(page: Page, id: string): Promise<Record<string, string>> {
  return page.evaluate(async (workspace) => {
    const answer = await fetch(`/api/workspaces/${workspace}/export?format=json`);
    return ((await answer.json()) as { files: Record<string, string> }).files;
  }, id);
}
