import { describe, expect, test } from "vitest";
import { standing } from "./every-page.ts";
import { openStage } from "./stage.ts";
import { chromiumPath } from "./visitor.ts";

/** What an analyst does with a company that nobody has looked at yet. */
describe.skipIf(!chromiumPath())("an analyst", { timeout: 900_000 }, () => {
  const stage = openStage();

  test("brings a company in, opens its case, mends a formula where it is marked, and reads what to do", async () => {
    const visitor = await stage.visit();
    const { page } = visitor;
    await page.goto(stage.home);
    await standing(page);
    await page.getByRole("button", { name: "Add a company" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Quiet Robotics");
    await page.keyboard.press("Enter");
    await page.waitForURL(/companies\/quiet_robotics/);
    await page.getByRole("button", { name: "Start the case" }).click();
    await page.locator(".verdict-band").getByText("Pass").first().waitFor();
    await page.getByRole("button", { name: "Edit: exitValue" }).click();
    await page.locator(".cm-content:focus").waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("agi_arive");
    await page.locator(".formula-editor .door-problem").waitFor();
    await page.getByRole("button", { name: "Save", exact: true, disabled: true }).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2bn USD to 9bn USD ");
    await page.locator(".formula-editor .door-problem").waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await page.locator(".verdict-band").getByText("Invest now").first().waitFor();
    await page.getByRole("tab", { name: "Record" }).click();
    await page.getByText("version 2").waitFor();
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });
});
