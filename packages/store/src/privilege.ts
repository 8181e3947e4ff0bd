import { spawnSync } from "node:child_process";
import { chownSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** How a program that refuses to run as root is started: as it is, in a user namespace, or as another user. */
export interface Privilege {
  before: string[]; // words before the command
  uid?: number;
  gid?: number;
}

const nobody = 65534;

/**
 * The way to run PostgreSQL on folders of its own as the present user; undefined where root finds none.
 * Root: in a user namespace of its own (files stay root's), else as the user nobody, who then owns the folders and must be able to reach them.
 */
export function privilegeFor(program: string, folders: string[]): Privilege | undefined {
  if (process.getuid?.() !== 0) return { before: [] };
  const namespace = ["unshare", "--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  const isOthers = statSync(folders[0]).uid === nobody; // since a time without namespaces
  if (!isOthers && runs({ before: namespace }, [program, "--version"])) return { before: namespace };
  const other = { before: [], uid: nobody, gid: nobody };
  if (!runs(other, ["test", "-x", dirname(folders[0])]) || !runs(other, [program, "--version"])) return undefined;
  for (const folder of folders) chownSync(folder, nobody, nobody);
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
