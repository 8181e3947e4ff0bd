import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { standing } from "./every-page.ts";
import { callApi, join } from "./setting-out.ts";
import type { Session } from "./setting-out.ts";
import { openStage, setUpByOwner } from "./stage.ts";
import { chromiumPath } from "./visitor.ts";

/** What controls are called that write; the partner's page shows that this finds them. */
const writes =
  /^(add|assess|assign|change|correct|decide|delete|edit|export|give|import|invite|keep|make|mark(?! as seen$)|new|open a case|put|record|remove|rename|resolve|restore|save|score|start|state|take|weight|withdraw|write|discount rate|cash rate)\b/i;

/** Pages of the workspace, and whether a partner finds something to write there. */
const pages: [path: string, hasWriting: boolean][] = [
  ["", true],
  ...["", "?part=case", "?part=evidence", "?part=record"].map((part): [string, boolean] => [`/companies/minimax${part}`, part !== ""]),
  ["/companies/minimax?part=why", false],
  ["/companies/minimax?part=memo", false],
  ["/questions", true],
  ["/questions/compute_barrier", true],
  ["/agenda", true],
  ["/map", false],
  ["/lab", false],
  ...["workspace", "members", "files"].map((section): [string, boolean] => [`/settings?section=${section}`, true]),
  ["/settings?section=audit", false],
];

describe.skipIf(!chromiumPath())("an observer", { timeout: 900_000 }, () => {
  let observer: Session;
  const stage = openStage(async (opened) => {
    await setUpByOwner(opened);
    observer = await join(opened.browser, opened.workbench.url, opened.session, { role: "observer", name: "Ola" });
  });

  test("is offered nothing that writes on any page, and is told why", async () => {
    const [watching, working] = [await stage.visit({}, observer), await stage.visit()];
    for (const [path, hasWriting] of pages) {
      const [seen, offered] = [await controlsOf(watching.page, path), await controlsOf(working.page, path)];
      await watching.page.getByText("You read here as an observer. A partner can make you an analyst.").waitFor();
      expect
        .soft(
          seen.filter((name) => writes.test(name)),
          `an observer at ${path}`,
        )
        .toEqual([]);
      if (hasWriting) expect.soft(offered.filter((name) => writes.test(name)).length, `a partner at ${path}`).toBeGreaterThan(0);
    }
    expect([...watching.faults(), ...working.faults()]).toEqual([]);
    await watching.close();
    await working.close();
  });

  test("supposes what they like, and cannot keep it", async () => {
    const visitor = await stage.visit({}, observer);
    const { page } = visitor;
    await go(page, "/questions/compute_barrier");
    await page.locator(".page-head").getByRole("button", { name: "What if" }).click();
    const slider = page.locator('.drawer input[type="range"]').first();
    await slider.press("PageUp");
    const keep = page.locator(".drawer footer").getByRole("button", { name: /^Keep/, disabled: true });
    await keep.waitFor();
    expect(await keep.getAttribute("title")).toContain("You read here as an observer");
    expect(visitor.faults()).toEqual([]);
    await visitor.close();
  });

  test("who writes past the page is refused by the server, whatever it is, and nothing has changed", async () => {
    const visitor = await stage.visit({}, observer);
    const { page } = visitor;
    await go(page, "");
    const base = "/workspaces/china_ai_2024";
    type View = { revision: number; workspace: Record<string, { id: string }[]> };
    const { answer: before } = await callApi<View>(page, "GET", base);
    const { workspace } = before;
    const kinds = Object.entries(workspace).filter(([, list]) => Array.isArray(list) && typeof list[0] === "object");
    expect(kinds.length).toBeGreaterThan(12);
    const asked: [method: string, path: string, body?: unknown][] = [
      ...kinds.map(([kind, [item]]): [string, string, unknown] => ["POST", `/${kind}`, { item }]),
      ["POST", "/forecasts", { item: { question: "compute_barrier", probability: 0.5 } }],
      ["PUT", "/companies/minimax", { item: workspace.companies.find(({ id }) => id === "minimax"), expectedVersion: 1 }],
      ["DELETE", "/questions/compute_barrier?expectedVersion=1"],
      ["PATCH", "", { settings: workspace.settings, expectedVersion: 1 }],
      ["POST", "/invitations", { role: "partner" }],
      ["POST", "/jobs", { task: "review", options: {} }],
    ];
    for (const [method, path, body] of asked)
      expect((await callApi(page, method, base + path, body)).status, `${method} ${path}`).toBe(403);
    expect((await callApi<View>(page, "GET", base)).answer.revision).toBe(before.revision);
    await visitor.close();
  });

  const go = async (page: Page, path: string): Promise<void> => {
    await page.goto(stage.home + path);
    await standing(page);
  };

  /** What can be pressed, chosen or typed into on a page, by name. */
  async function controlsOf(page: Page, path: string): Promise<string[]> {
    await go(page, path);
    return enabledControls(page.locator("main"));
  }
});

async function enabledControls(place: Locator): Promise<string[]> {
  return place.first().evaluate((main) =>
    [
      ...main.querySelectorAll<HTMLElement>(
        "button:not([role=tab]), a[href], input, select, textarea, [role=button], [contenteditable=true]",
      ),
    ]
      .filter((one) => !one.matches(":disabled, [aria-disabled=true], [data-disabled=true], [readonly], nav *"))
      .map((one) => {
        const labels = (one as HTMLInputElement).labels;
        return (one.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? one.textContent ?? "").trim();
      }),
  );
}
