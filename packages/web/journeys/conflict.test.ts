import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { tooWide, turn, violations } from "./by-axe.ts";
import { callApi, join } from "./setting-out.ts";
import type { Session } from "./setting-out.ts";
import { openStage, setUpByOwner } from "./stage.ts";
import { chromiumPath } from "./visitor.ts";
import type { Visitor, VisitorOptions } from "./visitor.ts";

/** Two people with accounts of their own at the same thing: the second sees both versions, and nothing is lost. */
describe.skipIf(!chromiumPath())("two people", { timeout: 900_000 }, () => {
  let chen: Session; // analyst
  const stage = openStage(async (opened) => {
    await setUpByOwner(opened);
    chen = await join(opened.browser, opened.workbench.url, opened.session, { role: "analyst", name: "陈明" });
  });

  const openByLin = (path: string): Promise<Visitor> => stage.open(path); // partner
  const openByChen = (path: string, options?: VisitorOptions): Promise<Visitor> => stage.open(path, options, chen);

  test("change a question at once: what each alone changed stays, what both changed is chosen, and one may go back to writing", async () => {
    const path = "/questions/compute_barrier";
    const [first, second] = [await openByLin(path), await openByChen(path, { language: "zh" })];
    await first.page.getByRole("button", { name: "Edit", exact: true }).first().click();
    await second.page.getByRole("button", { name: "编辑", exact: true }).first().click();
    const [mine, theirs] = [second.page.getByRole("dialog").first(), first.page.getByRole("dialog").first()];
    await mine.getByLabel("判定标准").fill("以两份独立评测为准。");
    await mine.getByLabel("维度").fill("infrastructure");
    await theirs.getByLabel("Resolves by").fill("As two auditors find.");
    await theirs.getByLabel("Answer due").fill("2027-06-30");
    await theirs.getByRole("button", { name: "Save" }).click();
    await theirs.waitFor({ state: "detached" });
    await second.page.getByText(/2027年6月30日/).waitFor(); // it has come, under what is being written
    expect(await mine.getByLabel("判定标准").inputValue()).toBe("以两份独立评测为准。");

    await mine.getByRole("button", { name: "保存" }).click();
    const clash = second.page.getByRole("dialog", { name: "两个人改了同一内容" });
    await clash.getByText(/林悦在/).waitFor();
    expect(await clash.getByRole("radio").count()).toBe(2); // the criterion alone was changed by both
    await holds(second.page, "zh");
    await clash.getByRole("button", { name: "返回继续写" }).click();
    await clash.waitFor({ state: "detached" });
    expect(await mine.getByLabel("判定标准").inputValue()).toBe("以两份独立评测为准。");
    await mine.getByRole("button", { name: "保存" }).click();
    await clash.getByRole("radio", { name: /您的版本/ }).check();
    await clash.getByRole("button", { name: "按所选保存" }).click();
    await clash.waitFor({ state: "detached" });
    await mine.waitFor({ state: "detached" });
    const { item } = await question(second.page);
    expect(item).toMatchObject({ resolveBy: "2027-06-30", dimension: "infrastructure" });
    expect(JSON.stringify(item.criterion)).toContain("以两份独立评测为准。");
    await first.page.getByText("infrastructure", { exact: false }).first().waitFor(); // and the first sees it without doing anything
    expect([...first.faults(), ...second.faults()]).toEqual([]);
    await first.close();
    await second.close();
  });

  test("write the same formula at once, and another beside it: what is typed outlives what comes, and is met when it is saved", async () => {
    const path = "/companies/minimax?part=case";
    const [first, second] = [await openByLin(path), await openByChen(path)];
    const name = "exitValue";
    await second.page.getByRole("button", { name: `Edit: ${name}` }).click();
    await second.page.locator(".cm-content:focus").waitFor();
    await second.page.keyboard.press("Control+a");
    await second.page.keyboard.type("3bn USD to 8bn USD ");
    const { answer: stored } = await callApi<{ version: number; item: Record<string, unknown> }>(
      first.page,
      "GET",
      "/workspaces/china_ai_2024/cases/minimax",
    );
    const written = await callApi(first.page, "PUT", "/workspaces/china_ai_2024/cases/minimax", {
      item: { ...stored.item, [name]: "1bn USD to 4bn USD", retention: "0.5 to 0.7" },
      expectedVersion: stored.version,
    });
    expect(written.status).toBe(200);
    await second.page.getByText("0.5 to 0.7").first().waitFor(); // it has come, beside what is being written
    expect((await second.page.locator(".cm-content").textContent())?.trim()).toBe("3bn USD to 8bn USD");
    await second.page.keyboard.press("Enter");
    const clash = second.page.getByRole("dialog", { name: "Changed by two people" });
    await clash.getByText("1bn USD to 4bn USD").waitFor();
    await holds(second.page, "en");
    await clash.getByRole("radio", { name: /Yours/ }).check();
    await clash.getByRole("button", { name: "Save as chosen" }).click();
    await clash.waitFor({ state: "detached" });
    const { answer } = await callApi<{ item: Record<string, unknown> }>(second.page, "GET", "/workspaces/china_ai_2024/cases/minimax");
    expect(answer.item).toMatchObject({ retention: "0.5 to 0.7" });
    expect(String(answer.item[name]).trim()).toBe("3bn USD to 8bn USD");
    expect([...first.faults(), ...second.faults()]).toEqual([]);
    await first.close();
    await second.close();
  });

  test("forecast the same question at once: both are kept, each as their own", async () => {
    const path = "/questions/agi_arrives";
    const visitors = [await openByLin(path), await openByChen(path)];
    for (const [place, { page }] of visitors.entries()) {
      const reasons = page.getByLabel("Why?").first();
      await page.locator('form input[type="range"]').first().press("PageUp");
      await reasons.fill(`said by ${place}`);
    }
    await Promise.all(visitors.map(({ page }) => page.getByRole("button", { name: "Record forecast" }).click()));
    for (const { page } of visitors) for (const place of [0, 1]) await page.getByText(`said by ${place}`).first().waitFor();
    for (const visitor of visitors) {
      expect(visitor.faults()).toEqual([]);
      await visitor.close();
    }
  });

  test("one takes the other out of the workspace, who then stands before a door, not before nothing", async () => {
    const [partner, analyst] = [await openByLin("/settings?section=members"), await openByChen("")];
    await partner.page.getByRole("button", { name: /^Remove 陈明/ }).click();
    await partner.page
      .getByRole("dialog")
      .getByRole("button", { name: /^Remove/ })
      .click();
    await partner.page.getByText("陈明 is no longer a member.").waitFor();
    const { page } = analyst;
    await page.goto(stage.workbench.url);
    await page.getByRole("heading", { level: 1, name: /陈明/ }).waitFor();
    await holds(page, "en");
    await page.getByRole("button", { name: "中文" }).click();
    await page.locator('html[lang="zh-CN"]').waitFor();
    await holds(page, "zh");
    expect([...partner.faults(), ...analyst.faults()]).toEqual([]);
    await partner.close();
    await analyst.close();
  });

  const question = async (page: Page): Promise<{ version: number; item: Record<string, unknown> }> => {
    const { answer } = await callApi<{ version: number; item: Record<string, unknown> }>(
      page,
      "GET",
      "/workspaces/china_ai_2024/questions/compute_barrier",
    );
    return answer;
  };
});

/** What stands on the page by axe, light and dark. */
async function holds(page: Page, language: string): Promise<void> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await turn(page, colorScheme);
    for (const one of [...(await violations(page)), ...(await tooWide(page))]) found.push(`${language}, ${colorScheme}: ${one}`);
  }
  expect(found).toEqual([]);
}
