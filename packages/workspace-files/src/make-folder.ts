import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a folder and those above it; rejects where that cannot be. (`mkdir` of Node with `recursive` never returns where a file system takes no folders.) */
export async function makeFolder(folder: string): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    stat(folder).then(
      (status) => status.isDirectory(),
      () => false,
    );
  if (await isThere()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch(async (error: unknown) => {
    if (!(await isThere())) throw error;
  });
}
