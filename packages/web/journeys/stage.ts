import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { standing } from "./every-page.ts";
import { setUp, visitAs } from "./setting-out.ts";
import type { Session } from "./setting-out.ts";
import { launchChromium } from "./visitor.ts";
import type { Visitor, VisitorOptions } from "./visitor.ts";
import { openWorkbench } from "./workbench.ts";
import type { Workbench } from "./workbench.ts";

const patienceMilliseconds = 600_000;

/** What the journeys of a file share: an installation that was not there before, and a browser. Both are there from the first journey on. */
export class Stage {
  workbench!: Workbench;
  browser!: Browser;
  /** The owner's; nobody's on a stage that nobody has set up. */
  session!: Session;

  /** The address of the worked example. */
  get home(): string {
    return `${this.workbench.url}/w/china_ai_2024`;
  }

  /** The owner, or whose session is given, before no page yet. */
  visit(options?: VisitorOptions, session = this.session): Promise<Visitor> {
    return visitAs(this.browser, session, options);
  }

  /** The same before a page of the worked example, once it stands. */
  async open(path: string, options?: VisitorOptions, session?: Session): Promise<Visitor> {
    const visitor = await this.visit(options, session);
    await visitor.page.goto(this.home + path);
    await standing(visitor.page);
    return visitor;
  }
}

/** Makes the stage before the first journey of the block that asks, and takes it away after the last. */
export function openStage(prepare: (stage: Stage) => Promise<void> = setUpByOwner): Stage {
  const stage = new Stage();
  beforeAll(async () => {
    [stage.workbench, stage.browser] = await Promise.all([openWorkbench(), launchChromium()]);
    await prepare(stage);
  }, patienceMilliseconds);
  afterAll(async () => {
    await stage.browser?.close();
    await stage.workbench?.close();
  });
  return stage;
}

/** As the owner's first minute leaves it. */
export async function setUpByOwner(stage: Stage): Promise<void> {
  stage.session = await setUp(stage.browser, stage.workbench.url);
}
