export { exitCodes } from "./exit-codes.ts";
export { main } from "./main.ts";
export { buildProgram } from "./program.ts";
export type { Terminal } from "./terminal.ts";
