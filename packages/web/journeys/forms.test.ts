import type { Page } from "playwright-core";
import type { InvestmentCase, Question, Round } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { tabTo } from "./by-keyboard.ts";
import { standing } from "./every-page.ts";
import { callApi } from "./setting-out.ts";
import { openStage } from "./stage.ts";
import { chromiumPath } from "./visitor.ts";

/** What a partner writes besides beliefs: rounds, evidence, terms of waiting, criteria, people. */
describe.skipIf(!chromiumPath())("a partner writes down", { timeout: 900_000 }, () => {
  const stage = openStage();

  test("a round in Chinese by keyboard alone: what is missing is told at its field, the amounts are read back, and it can be undone", async () => {
    const visitor = await stage.open("/companies/minimax?part=record", { language: "zh" });
    const { page } = visitor;
    await tabTo(page, /^新增融资$/);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("名称").waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByText("这一项必须填写。").waitFor();
    await dialog.getByText("请写明日期").waitFor();
    await dialog.getByText("至少需要一条").waitFor();
    await page.keyboard.type("C 轮");
    await tabTo(page, /^何时 \*$/);
    await page.keyboard.type("2024-02-30");
    await dialog.getByText("“2024-02-30”不是日历上的日期").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2024-02");
    await tabTo(page, /^投前估值$/);
    await page.keyboard.type("19亿美圆");
    await dialog.locator('[aria-invalid="true"]').and(dialog.getByLabel("投前估值")).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("19亿美元");
    await dialog.getByText("读作 19.0亿美元。").waitFor();
    await dialog.locator('[aria-invalid="true"]').and(dialog.getByLabel("投前估值")).waitFor({ state: "detached" });
    await tabTo(page, /^来源 \*$/);
    await page.keyboard.type("V-MM-1");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await tabTo(page, /^保存$/);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    const row = page.getByRole("row", { name: /C 轮/ });
    await row.getByText("19.0亿美元").waitFor();
    expect(await roundsNow(page, "C 轮")).toMatchObject([
      { id: "minimax_2024_02", company: "minimax", date: "2024-02", preMoney: "19亿美元", sources: ["V-MM-1"] },
    ]);
    await page.keyboard.press("u");
    await row.waitFor({ state: "detached" });
    expect(await roundsNow(page, "C 轮")).toEqual([]);
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("a round that a colleague has corrected meanwhile: both versions are shown, what only one changed stays, and it can be removed and put back", async () => {
    const visitor = await stage.open("/companies/minimax?part=record");
    const { page } = visitor;
    const row = page.getByRole("row", { name: /round of March 2024/ });
    await row.getByRole("button", { name: /^Edit/ }).click();
    const dialog = page.getByRole("dialog", { name: /Correct the round/ });
    await dialog.getByLabel("Pre-money").fill("2bn USD");
    await dialog.getByText("Pre-money and new money come to USD 2.60bn").waitFor();
    const { answer: held } = await callApi<{ version: number; item: Round }>(
      page,
      "GET",
      "/workspaces/china_ai_2024/rounds/minimax_2024_03",
    );
    const item = { ...held.item, newMoney: "700M USD", preMoney: "1.8bn USD" };
    const written = await callApi(page, "PUT", "/workspaces/china_ai_2024/rounds/minimax_2024_03", { item, expectedVersion: held.version });
    expect(written.status).toBe(200);
    await row.getByText("USD 700M").waitFor(); // the colleague's is there, under what is being typed
    expect(await dialog.getByLabel("Pre-money").inputValue()).toBe("2bn USD");
    await dialog.getByRole("button", { name: "Save" }).click();
    const clash = page.getByRole("dialog", { name: "Changed by two people" });
    await clash.getByRole("radio", { name: /Yours/ }).waitFor();
    expect(await clash.getByRole("radio").count()).toBe(2); // the pre-money alone was changed by both
    await clash.getByRole("button", { name: "Save as chosen" }).click();
    await clash.waitFor({ state: "detached" });
    await dialog.waitFor({ state: "detached" });
    await row.getByText("USD 2.00bn").waitFor();
    expect(await roundsNow(page, "round of March 2024")).toMatchObject([{ preMoney: "2bn USD", newMoney: "700M USD" }]);
    await row.getByRole("button", { name: /^Edit/ }).click();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await row.waitFor({ state: "detached" });
    await page.getByRole("status").getByRole("button", { name: "Undo" }).last().click();
    await row.getByText("USD 2.00bn").waitFor();
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("a way to wait with a trigger of its own: what cannot be read is told, and the case waits", async () => {
    const visitor = await stage.open("/companies/cix?part=case");
    const { page } = visitor;
    const waits = page.getByRole("region", { name: "Terms of waiting" });
    await waits.getByRole("button", { name: "Add a way to wait" }).press("Enter");
    const form = page.getByRole("dialog", { name: "Add a way to wait" });
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("Say what is waited for").waitFor();
    await form.getByRole("button", { name: "Add a trigger" }).click();
    const trigger = page.getByRole("dialog", { name: "Add a trigger" });
    await trigger.getByRole("textbox", { name: "Name" }).fill("A second customer signs");
    await trigger.getByRole("textbox", { name: "Comes true when" }).fill("cix_shipz");
    await trigger
      .getByText(/cix_ships/)
      .first()
      .waitFor(); // the name that was probably meant
    await trigger.getByRole("textbox", { name: "Comes true when" }).fill("cix_ships");
    await trigger.getByText("Nothing here is called").waitFor({ state: "detached" });
    await trigger.getByRole("button", { name: "Save" }).click();
    await trigger.getByText("A day is needed, such as").waitFor();
    await trigger.getByLabel("Deadline").fill("2025-06-30");
    await trigger.getByRole("button", { name: "Save" }).click();
    await trigger.waitFor({ state: "detached" });
    await form.getByText("A second customer signs (2025-06-30)").first().waitFor();
    await form.getByRole("textbox", { name: "Pre-money" }).fill("preMony * 1.5");
    await form.getByText("Nothing here is called `preMony`").waitFor();
    await form.getByRole("textbox", { name: "Pre-money" }).fill("preMoney * 1.5");
    await form.getByRole("textbox", { name: "Access" }).fill("70%");
    await form.getByRole("button", { name: "Save" }).click();
    await form.waitFor({ state: "detached" });
    const terms = waits.getByRole("article").filter({ hasText: "A second customer signs" });
    await terms.getByText("preMoney * 1.5").waitFor();
    const { answer } = await callApi<{ workspace: { cases: InvestmentCase[] } }>(page, "GET", "/workspaces/china_ai_2024");
    const wait = answer.workspace.cases.find(({ company }) => company === "cix")?.wait?.at(-1);
    expect(wait).toEqual({ trigger: "a_second_customer_signs", preMoney: "preMoney * 1.5", access: "70%" });
    await terms.getByRole("button", { name: /^Edit/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await terms.waitFor({ state: "detached" });
    await page.getByRole("dialog").waitFor({ state: "detached" }); // keys of the page sleep while one is open
    await page.keyboard.press("u");
    await terms.waitFor();
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("a fact with a source of its own, found again, and attached to a question", async () => {
    const visitor = await stage.open("/evidence", { language: "zh" });
    const { page } = visitor;
    await page.getByRole("button", { name: "新增事实" }).click();
    const fact = page.getByRole("dialog", { name: "新增事实" });
    await fact.getByRole("textbox", { name: "发生了什么" }).fill("第二家客户签了采购合同。");
    await fact.getByRole("textbox", { name: "何时", exact: true }).fill("2024-03");
    await fact.getByRole("button", { name: "新增来源" }).click();
    const source = page.getByRole("dialog", { name: "新增来源" });
    await source.getByRole("textbox", { name: "标题" }).fill("与客户的通话");
    await source.getByRole("textbox", { name: "网址" }).fill("phone");
    await source.getByRole("button", { name: "保存" }).click();
    await source.getByText("网址以 https://").waitFor();
    await source.getByRole("textbox", { name: "网址" }).fill("");
    await source.getByRole("button", { name: "保存" }).click();
    await source.waitFor({ state: "detached" });
    await fact.getByRole("button", { name: "保存" }).click();
    await fact.waitFor({ state: "detached" });
    await page.getByRole("textbox", { name: "查找事实或来源" }).fill("采购合同");
    await page.getByRole("listitem").filter({ hasText: "第二家客户签了采购合同。" }).first().waitFor();
    await page.goto(`${stage.home}/questions/compute_barrier`);
    await standing(page);
    await page.getByRole("button", { name: /^修改依据/ }).press("Enter");
    const form = page.getByRole("dialog", { name: /^修改依据/ });
    await form.getByRole("combobox", { name: "依据" }).fill("采购合同");
    await page.getByRole("option", { name: /采购合同/ }).click();
    await page.keyboard.press("Tab"); // closes the list of options
    await form.getByRole("button", { name: "保存" }).click();
    await form.waitFor({ state: "detached" });
    await page.locator(".evidence-of summary").click();
    await page.getByText("第二家客户签了采购合同。").first().waitFor();
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("criteria of a track and people of the team", async () => {
    const visitor = await stage.open("/companies/minimax?part=evidence");
    const { page } = visitor;
    await page.getByRole("button", { name: "Change the criteria" }).click();
    const track = page.getByRole("dialog", { name: /^Criteria/ });
    await track.getByRole("button", { name: "Add a criterion" }).click();
    await track.getByRole("button", { name: "Save" }).click();
    await track.getByText("This is needed.").waitFor();
    await track.getByRole("textbox", { name: "What is judged" }).last().fill("Cash for two years");
    await track.getByRole("button", { name: "Save" }).click();
    await track.waitFor({ state: "detached" });
    await page.getByRole("heading", { level: 3, name: "Cash for two years" }).waitFor();
    await page.goto(`${stage.home}/settings?section=members`);
    await standing(page);
    await page.getByRole("button", { name: "Add a person" }).click();
    const person = page.getByRole("dialog", { name: "Add a person" });
    await person.getByRole("textbox", { name: "Name" }).fill("王磊");
    await person.getByRole("combobox", { name: "What they are to the team" }).click();
    await page.getByRole("option", { name: "expert from outside" }).click();
    await person.getByRole("button", { name: "Save" }).click();
    await person.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Edit: 王磊" }).waitFor();
    const { answer } = await callApi<{ workspace: { people: unknown[] } }>(page, "GET", "/workspaces/china_ai_2024");
    expect(answer.workspace.people.at(-1)).toEqual({ id: "person", name: "王磊", role: "expert" });
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("a question that a colleague has worded anew meanwhile is not overwritten", async () => {
    const visitor = await stage.open("/questions/compute_barrier");
    const { page } = visitor;
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const form = page.getByRole("dialog", { name: "Change the question" });
    await form.getByLabel("Answer due").fill("2025-03-31");
    const path = "/workspaces/china_ai_2024/questions/compute_barrier";
    const { answer: held } = await callApi<{ version: number; item: Question }>(page, "GET", path);
    const item = { ...held.item, resolveBy: "2025-06-30", criterion: "As the colleague has it." };
    expect((await callApi(page, "PUT", path, { item, expectedVersion: held.version })).status).toBe(200);
    await page.getByText("As the colleague has it.").first().waitFor(); // behind the form
    await form.getByRole("button", { name: "Save" }).click();
    const clash = page.getByRole("dialog", { name: "Changed by two people" });
    await clash.getByRole("radio", { name: /Yours/ }).waitFor();
    await clash.getByRole("button", { name: "Save as chosen" }).click();
    await form.waitFor({ state: "detached" });
    const { answer: now } = await callApi<{ item: Question }>(page, "GET", path);
    expect(now.item).toEqual({ ...item, resolveBy: "2025-03-31" });
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("rounds on a phone: every figure stands in the window beside its name", async () => {
    const visitor = await stage.open("/companies/minimax?part=record", { width: 390, height: 844, language: "zh" });
    const { page } = visitor;
    const row = page.getByRole("row", { name: /2024年3月一轮/ });
    await row.scrollIntoViewIfNeeded();
    for (const cell of await row.getByRole("cell").all()) {
      const box = (await cell.boundingBox())!;
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(390);
    }
    const name = (await row.getByText("2024年3月一轮").boundingBox())!;
    expect(name.width).toBeGreaterThan(200);
    await visitor.close();
  });
});

async function roundsNow(page: Page, name: string): Promise<Round[]> {
  const { answer } = await callApi<{ workspace: { rounds: Round[] } }>(page, "GET", "/workspaces/china_ai_2024");
  return answer.workspace.rounds.filter((round) => (typeof round.name === "string" ? round.name : round.name.en) === name);
}
