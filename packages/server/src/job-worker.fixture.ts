import { openStore } from "@watershed/workbench";
import { openFigureDesk } from "./figure-desk.ts";
import { openJobDesk } from "./job-desk.ts";
import { openLog } from "./log.ts";

// A process that is at a job of the data folder given until it is killed; it says the job's id once it is.
const { store } = await openStore({ dataFolder: process.argv[2] });
const log = openLog({ target: { write: () => {} } });
const jobs = await openJobDesk(
  { store: store!, figures: openFigureDesk({ workers: 1 }), log },
  { pollSeconds: 0.5, heartbeatSeconds: 3600 },
);
const { id } = await jobs.ask({ workspace: "fund", change: 1, task: "review", options: { draws: 1_048_576 }, askedBy: "ann" });
while ((await jobs.find("fund", id))?.state === "queued")
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
process.stdout.write(`${id}\n`);
