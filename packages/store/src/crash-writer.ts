import { emptyWorkspace } from "@watershed/domain";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";

// A process that writes until it is killed: `node crash-writer.ts FOLDER KIND ROUND`. Each line it says is a write that was acknowledged.
const [folder, kind, round] = process.argv.slice(2);
const writers = 8;
const say = (word: string, ...rest: string[]): void => void process.stdout.write(`${[word, ...rest].join(" ")}\n`);

/** What the workspace of the crash rounds holds to begin with. */
function beginning(): Parameters<Store["importWorkspace"]>[0] {
  const question = { id: "q", text: "Q", kind: "number", dimension: "ai", criterion: "0", resolveBy: "2030-12-31" } as const;
  const settings = { id: "crash", name: "Crash", asOf: "2024-06-30", currency: "USD", discountRate: 0.2 };
  return { ...emptyWorkspace(settings), questions: Array.from({ length: writers }, (_, index) => ({ ...question, id: `q${index}` })) };
}

/** Appends forecasts and edits a question of its own, one after the other, each told of once it is acknowledged. */
async function write(store: Store, writer: number): Promise<never> {
  let version = (await store.readWorkspace("crash"))!.stored.questions[writer].version;
  for (let count = 0; ; count++) {
    const id = `r${round}-w${writer}-${count}`;
    const forecast = { question: `q${writer}`, by: "ann", on: "2024-06-01", distribution: "5 to 50", reasons: id };
    const question = { ...beginning().questions[writer], criterion: id };
    const outcome =
      count % 3 === 2
        ? await store.save("crash", "questions", question, { author: "ann", expectedVersion: version, requestId: id })
        : await store.append("crash", "forecasts", forecast, { author: "ann" });
    if (outcome.outcome !== "saved") throw new Error(`${id}: ${JSON.stringify(outcome)}`);
    if (count % 3 === 2) version = outcome.saved[0].version;
    say("ack", id, String(outcome.change));
  }
}

const { store, problem } = await openStore({ dataFolder: folder, kind: kind as "embedded" | "pglite" });
if (!store) throw new Error(JSON.stringify(problem));
await store.importWorkspace(beginning(), { author: "ann" });
say("open");
await Promise.all(Array.from({ length: writers }, (_, writer) => write(store, writer)));
