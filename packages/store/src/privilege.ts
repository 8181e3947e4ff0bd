import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";

/** How a program that refuses to run as root is started: as it is, in a user namespace, or as another user. */
export interface Privilege {
  before: string[]; // words before the command
  uid?: number;
  gid?: number;
}

const nobody = 65534;

/**
 * The way to run PostgreSQL on data of a folder as the present user; undefined where root finds none.
 * Root: in a user namespace of its own (files stay root's), else as the user nobody, who must be able to reach both.
 */
export function privilegeFor(program: string, folder: string): Privilege | undefined {
  if (process.getuid?.() !== 0) return { before: [] };
  const namespace = ["unshare", "--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  if (runs({ before: namespace }, [program, "--version"])) return { before: namespace };
  const other = { before: [], uid: nobody, gid: nobody };
  if (!runs(other, [program, "--version"]) || !runs(other, ["test", "-x", folder])) return undefined;
  chownSync(folder, nobody, nobody);
  return other;
}

/** Command and options of a program under a privilege. */
export function withPrivilege(
  { before, uid, gid }: Privilege,
  command: string[],
): { file: string; args: string[]; identity: { uid?: number; gid?: number } } {
  const [file, ...args] = [...before, ...command];
  return { file, args, identity: uid === undefined ? {} : { uid, gid } };
}

function runs(privilege: Privilege, command: string[]): boolean {
  const { file, args, identity } = withPrivilege(privilege, command);
  return spawnSync(file, args, { stdio: "ignore", ...identity }).status === 0;
}
