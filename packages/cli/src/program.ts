import { Command, InvalidArgumentError, Option } from "commander";
import { addLabCommands } from "./commands/lab.ts";
import type { SetExitCode, Terminal } from "./terminal.ts";

/** Every command of `watershed`, with an example in each help text. The code of a command is loaded when it is called. */
export function buildProgram(terminal: Terminal, setExitCode: SetExitCode): Command {
  const program = new Command("watershed");
  program
    .description(
      "What to do about every company, why, at what price, and which question to answer next.\n每家公司该怎么办、为什么、什么价格以上不投、下一个该回答什么问题。",
    )
    .version("0.1.0")
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError("(watershed --help shows every command)")
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 the material has errors, 2 the call was wrong, 3 something outside failed.\nExample: watershed review examples/china-ai-2024 --lang zh",
    );
  addReviewCommands(program, terminal, setExitCode);
  addWorthCommands(program, terminal, setExitCode);
  addBeliefCommands(program, terminal, setExitCode);
  addMaterialCommands(program, terminal, setExitCode);
  addServeCommand(program, terminal, setExitCode);
  addDatabaseCommands(program, terminal, setExitCode);
  addLabCommands(program, terminal, setExitCode);
  return program;
}

const workspace = ["WORKSPACE", "folder of a workspace"] as const;

/** The commands that run the scenarios of a workspace. */
function addReviewCommands(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withRun(program.command("review").argument(...workspace))
    .description("the main job: every company's decision, price and questions, the agenda, the triggers")
    .option("--company <id>", "one company alone")
    .option("--theses", "also how likely the team's forecasts make what it stands for")
    .addHelpText("after", "\nExample: watershed review examples/china-ai-2024 --company minimax --as-of 2024-03-31")
    .action(async (folder: string, options) =>
      setExitCode(await (await import("./commands/review.ts")).reviewCommand(terminal, folder, options)),
    );
  withRun(
    program
      .command("explain")
      .argument(...workspace)
      .argument("COMPANY", "id of a company"),
  )
    .description("the numbers under one company's decision, down to forecasts and sources")
    .option("--all", "open the forecasts of every question, not only of those that matter most")
    .addHelpText("after", "\nExample: watershed explain examples/china-ai-2024 minimax --lang zh")
    .action(async (folder: string, company: string, options) =>
      setExitCode(await (await import("./commands/review.ts")).explainCommand(terminal, folder, company, options)),
    );
  withRun(program.command("agenda").argument(...workspace))
    .description("every open question by what answering it is worth, every action by what it nets, the best two in order")
    .option("--together <ids>", "also what these answers are worth together, ids with commas between them", idsGiven)
    .addHelpText("after", "\nExample: watershed agenda examples/china-ai-2024 --together compute_barrier,exit_multiple_2027,agi_arrives")
    .action(async (folder: string, options) =>
      setExitCode(await (await import("./commands/review.ts")).agendaCommand(terminal, folder, options)),
    );
}

/** The commands that ask how far beliefs are apart, and how far they may move. */
function addBeliefCommands(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withRun(
    program
      .command("disagreement")
      .argument(...workspace)
      .argument("[COMPANY]", "id of a company; all companies unless given"),
  )
    .description("where partners differ, what each would do, and what it is worth to learn who is right")
    .option("--all", "every question, not only those most worth settling")
    .addHelpText("after", "\nExample: watershed disagreement examples/china-ai-2024 stepfun")
    .action(async (folder: string, company: string | undefined, options) =>
      setExitCode(await (await import("./commands/disagreement.ts")).disagreementCommand(terminal, folder, company, options)),
    );
  withRun(
    program
      .command("thresholds")
      .argument(...workspace)
      .argument("COMPANY", "id of a company"),
  )
    .description("the smallest change of each belief that changes the decision")
    .option("--all", "every belief, also those that change nothing")
    .addHelpText("after", "\nExample: watershed thresholds examples/china-ai-2024 stepfun --lang zh")
    .action(async (folder: string, company: string, options) =>
      setExitCode(await (await import("./commands/disagreement.ts")).thresholdsCommand(terminal, folder, company, options)),
    );
}

/** The commands that look closer at a price and at what moves a decision. */
function addWorthCommands(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withRun(
    program
      .command("price")
      .argument(...workspace)
      .argument("COMPANY", "id of a company"),
  )
    .description("one company's price: where to walk away, which belief makes it fair, worth against price and belief")
    .option("--question <id>", "the curve against this question")
    .option("--thesis <id>", "the curve against this thesis, all its answers moved together")
    .option("--all", "every question and thesis, not only those that move the price most")
    .addHelpText("after", "\nExample: watershed price examples/china-ai-2024 minimax --thesis scaling_holds")
    .action(async (folder: string, company: string, options) =>
      setExitCode(await (await import("./commands/price.ts")).priceCommand(terminal, folder, company, options)),
    );
  withRun(
    program
      .command("sensitivity")
      .argument(...workspace)
      .argument("[COMPANY]", "id of a company; all recommended investments together unless given"),
  )
    .description("what moves the decision, what the worst scenarios share, what an answer is worth to learn and to choose")
    .option("--question <id>", "also a table of this question or quantity")
    .option("--with <id>", "and of both together")
    .option("--quantities", "also quantities, not only questions")
    .option("--all", "every row, not only the largest")
    .addHelpText(
      "after",
      "\nExample: watershed sensitivity examples/china-ai-2024 minimax --question compute_barrier --with minimax_at_table",
    )
    .action(async (folder: string, company: string | undefined, options) =>
      setExitCode(await (await import("./commands/sensitivity.ts")).sensitivityCommand(terminal, folder, company, options)),
    );
}

/** The commands that check, start or describe material, and the one for a single decision. */
function addMaterialCommands(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  withLanguage(program.command("check").argument(...workspace))
    .description("every problem of a workspace: where, what, how to mend it")
    .option("--as-of <date>", "the day to read it as of")
    .option("--json", "problems as JSON")
    .addHelpText("after", "\nExample: watershed check examples/china-ai-2024")
    .action(async (folder: string, options) =>
      setExitCode(await (await import("./commands/check.ts")).checkCommand(terminal, folder, options)),
    );
  withLanguage(program.command("schema").argument("KIND", "file, settings, question, forecast, company, case ..."))
    .description("JSON Schema of one kind of item, for editors and language models")
    .addHelpText("after", "\nExample: watershed schema forecast")
    .action(async (name: string, options) =>
      setExitCode(await (await import("./commands/scaffold.ts")).schemaCommand(terminal, name, options)),
    );
  withLanguage(program.command("new").argument("FOLDER", "a folder that does not exist or is empty"))
    .description("a small, commented workspace to start from; with --size an invented one of any size, to try and to measure")
    .option("--size <QxC>", "questions x companies, 1x1 to 2000x500: 150x60")
    .option("--seed <n>", "with --size: another seed, another fund; 1 unless given")
    .addHelpText("after", "\nExample: watershed new my-fund\n         watershed new large-fund --size 150x60 --seed 1")
    .action(async (folder: string, options) =>
      setExitCode(await (await import("./commands/scaffold.ts")).newCommand(terminal, folder, options)),
    );
  withLanguage(program.command("case").argument("FILE", "a YAML file with questions and alternatives"))
    .description("one decision in one file: worth of every alternative, and of every answer")
    .option("--json", "the result as JSON")
    .option("--draws <n>", "scenarios, 524288 unless given; rounded up to whole shards, at least 128")
    .option("--seed <n>", "seed of the scenarios, 1 unless given")
    .addHelpText("after", "\nExample: watershed case examples/teaching/wildcatter.yaml")
    .action(async (file: string, options) => setExitCode(await (await import("./commands/case.ts")).caseCommand(terminal, file, options)));
}

function addServeCommand(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  program
    .command("serve")
    .description("the workbench in a browser, on the database that DATABASE_URL or WATERSHED_DATA names, else on one of its own")
    .option("--host <address>", "the address to listen on; 127.0.0.1 unless given, and then nobody else can reach it")
    .option("--port <n>", "the port; 4170 or the next free one unless given")
    .option("--data <folder>", "where the embedded database keeps its files")
    .option("--first <workspace>", "a folder that becomes the first workspace of a new database")
    .option("--no-open", "do not open a browser")
    .addHelpText("after", "\nExample: watershed serve --first examples/china-ai-2024 --port 4170")
    .action(async (options) => setExitCode(await (await import("./commands/serve.ts")).serveCommand(terminal, options)));
}

/** The commands of the database, which is where DATABASE_URL or WATERSHED_DATA says, else in the user's data folder. */
function addDatabaseCommands(program: Command, terminal: Terminal, setExitCode: SetExitCode): void {
  const commands = () => import("./commands/database.ts");
  const author = ["--author <id>", 'who does it, and whose private notes are meant; "local" unless given'] as const;
  withLanguage(program.command("import").argument("FOLDER", "folder of a workspace"))
    .description("a workspace folder into the database")
    .option("--id <name>", "its name in the database, the id of its settings unless given")
    .option("--update", "bring the workspace of that name up to date instead of adding one")
    .option(...author)
    .addHelpText("after", "\nExample: watershed import examples/china-ai-2024 --id china-ai")
    .action(async (folder: string, options) => setExitCode(await (await commands()).importCommand(terminal, folder, options)));
  withLanguage(
    program
      .command("export")
      .argument("NAME", "name of a workspace in the database")
      .argument("FOLDER", "a folder that does not exist or is empty"),
  )
    .description("a workspace of the database into a folder")
    .option("--at <moment>", "as the database had it then: a day, a moment or the number of a change")
    .option(...author)
    .addHelpText("after", "\nExample: watershed export china-ai my-copy --at 2026-03-31")
    .action(async (id: string, folder: string, options) =>
      setExitCode(await (await commands()).exportCommand(terminal, id, folder, options)),
    );
  withLanguage(program.command("workspaces"))
    .description("the workspaces that the database holds")
    .option("--archived", "also those that were put away")
    .option("--json", "the list as JSON")
    .addHelpText("after", "\nExample: watershed workspaces")
    .action(async (options) => setExitCode(await (await commands()).workspacesCommand(terminal, options)));
  withLanguage(program.command("backup").argument("FILE", "a file that does not exist"))
    .description("everything in the database into one file")
    .addHelpText("after", "\nExample: watershed backup fund-2026-03-31.backup")
    .action(async (file: string, options) => setExitCode(await (await commands()).backupCommand(terminal, file, options)));
  withLanguage(program.command("restore").argument("FILE", "a file that watershed backup wrote"))
    .description("what a backup has and the database lacks; nothing that is there is changed")
    .addHelpText("after", "\nExample: watershed restore fund-2026-03-31.backup")
    .action(async (file: string, options) => setExitCode(await (await commands()).restoreCommand(terminal, file, options)));
}

/** An option that lacks its ids would take the next option for them. */
function idsGiven(ids: string): string {
  if (ids.startsWith("-")) throw new InvalidArgumentError("It takes ids of questions: --together compute_barrier,agi_arrives");
  return ids;
}

function withRun(command: Command): Command {
  return withLanguage(command)
    .option("--as-of <date>", "the day of the decision; nothing known later is visible")
    .option("--json", "the result as JSON")
    .option("--draws <n>", "scenarios, 131072 unless given; rounded up to whole shards, at least 128")
    .option("--seed <n>", "seed of the scenarios, the workspace's own unless given");
}

function withLanguage(command: Command): Command {
  return command.addOption(new Option("--lang <language>", "language of the output").choices(["en", "zh"]));
}
