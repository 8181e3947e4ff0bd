import type { Action } from "@watershed/domain";
import { describe, expect, test } from "vitest";
import { standing } from "./every-page.ts";
import { callApi } from "./setting-out.ts";
import { openStage } from "./stage.ts";
import { chromiumPath } from "./visitor.ts";

/** What a partner does about the questions that are worth most. */
describe.skipIf(!chromiumPath())("a partner at the agenda", { timeout: 900_000 }, () => {
  const stage = openStage();

  test("adds an action with its cost, gives it an owner, and follows it until it is done", async () => {
    const visitor = await stage.visit();
    const { page } = visitor;
    await page.goto(`${stage.home}/agenda`);
    await standing(page);
    await page.getByRole("button", { name: "Add an action" }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox", { name: "What is to be done" }).fill("Ask two operators");
    await form.getByRole("button", { name: "Add a question" }).click();
    await form.getByRole("combobox", { name: "Question" }).fill("cluster of ten thousand");
    await page.locator("[role=option]:visible").first().click();
    await form.getByRole("textbox", { name: "Says yes where it is yes" }).fill("70%");
    await form.getByRole("textbox", { name: "Cost" }).fill("ten dollars");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByRole("alert").first().waitFor(); // half a quality, and a cost that is none: told, nothing lost
    expect(await form.getByRole("textbox", { name: "What is to be done" }).inputValue()).toBe("Ask two operators");
    await form.getByRole("textbox", { name: "Says no where it is no" }).fill("80%");
    await form.getByRole("textbox", { name: "Cost" }).fill("20k USD");
    await form.getByRole("button", { name: "Save" }).click();
    await form.waitFor({ state: "detached" });
    const stored = async (): Promise<Action | undefined> => {
      const { answer } = await callApi<{ workspace: { actions: Action[] } }>(page, "GET", "/workspaces/china_ai_2024");
      return answer.workspace.actions.find(({ id }) => id === "ask_two_operators");
    };
    const owner = page.getByRole("combobox", { name: "Owner of: Ask two operators" });
    const status = page.getByRole("combobox", { name: "How far it is: Ask two operators" });
    await owner.selectOption({ label: "The engineer" });
    await expect.poll(() => owner.inputValue(), { timeout: 240_000 }).toBe("engineer"); // the page shows it once it has read what is stored
    expect((await stored())?.owner).toBe("engineer");
    await status.selectOption("done");
    await expect
      .poll(stored, { timeout: 240_000 })
      .toMatchObject({ status: "done", doneOn: "2024-03-31", cost: "20k USD", owner: "engineer" });
    const closed = page.getByRole("region", { name: "Done and dropped" });
    await closed.getByText("Ask two operators").waitFor();
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("narrows the list; back, forward and reload keep what is shown", async () => {
    const visitor = await stage.visit();
    const { page } = visitor;
    await page.goto(`${stage.home}/questions`);
    await standing(page);
    const search = page.getByRole("textbox", { name: "Find a question" });
    const sorting = page
      .getByRole("combobox", { name: "Sort" })
      .or(page.getByRole("textbox", { name: "Sort" }))
      .first();
    await search.fill("cards");
    await page.waitForURL(/sought=cards/);
    await sorting.click();
    await page.getByRole("option", { name: /date|due/i }).click();
    await page.waitForURL(/sorting=due/);
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes("sorting") && url.search.includes("sought=cards"));
    expect(await search.inputValue()).toBe("cards");
    await page.goForward();
    await page.waitForURL(/sorting=due/);
    await page.reload();
    await standing(page);
    expect(await search.inputValue()).toBe("cards");
    expect(await sorting.inputValue()).toMatch(/date|due/i);
    await search.fill("");
    await page.waitForURL((url) => !url.search.includes("sought"));
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });
});
