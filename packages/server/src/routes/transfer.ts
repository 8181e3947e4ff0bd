import { z } from "zod";
import { bringIn } from "../bring-in.ts";
import { cardsOf } from "../cards.ts";
import { archiveLimits, filesOf, unzipped, workspaceIn, zipped } from "../folder-archive.ts";
import type { Files } from "../folder-archive.ts";
import { readBytes } from "../read-body.ts";
import { Refusal } from "../refusal.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";
import { WorkspaceCard } from "../views.ts";
import { wordFileProblems } from "../words.ts";
import { workspaceOf } from "./workspace-of.ts";

const FilesBody = z.strictObject({ files: z.record(z.string(), z.string()) });

export const transferRoutes: Route[] = [
  route({
    method: "get",
    path: "/api/workspaces/:workspace/export",
    summary: "The workspace as a folder of files: a zip archive, or JSON of paths and texts",
    needs: "export",
    params: z.object({ workspace: z.string() }),
    query: z.strictObject({ format: z.enum(["zip", "json"]).default("zip"), revision: z.coerce.number().int().positive().optional() }),
    gives: "zip",
    answers: FilesBody,
    handle: async (call) => {
      const { house, caller, params, query } = call;
      const { workspace, change } = await workspaceOf(call, query.revision);
      const files = await filesOf(workspace);
      await house.store.recordEvent({
        author: caller.user.id,
        workspace: params.workspace,
        action: "exported",
        details: { revision: change },
      });
      if (query.format === "json") return { body: { files } };
      const headers = { "content-type": "application/zip", "content-disposition": `attachment; filename="${params.workspace}.zip"` };
      return new Response(zipped(files, params.workspace), { headers });
    },
  }),
  route({
    method: "post",
    path: "/api/workspaces/import",
    summary: "A new workspace from the files of a folder, as a zip archive or as JSON; whoever brings it in is its first partner",
    needs: "inPerson",
    takes: "bytes",
    limitBytes: archiveLimits.bytes,
    answers: WorkspaceCard,
    status: 201,
    handle: async ({ house, caller, request }) => {
      const { workspace, problems } = await workspaceIn(await filesFrom(request));
      const errors = problems.filter(({ severity }) => severity === "error");
      if (!workspace || errors.length > 0) throw new Refusal("unsound", { count: errors.length }, { problems: wordFileProblems(problems) });
      const id = await bringIn(house, caller, workspace, { newPerson: false });
      const memberships = await house.identity.teams.of(caller.user.id);
      const cards = await cardsOf(house, { ...caller, memberships });
      return { status: 201, body: cards.find((card) => card.id === id)! };
    },
  }),
];

async function filesFrom(request: Request): Promise<Files> {
  const bytes = await readBytes(request, archiveLimits.bytes);
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/zip")) return unzipped(bytes);
  if (!type.startsWith("application/json")) throw new Refusal("notJson");
  try {
    return FilesBody.parse(JSON.parse(new TextDecoder().decode(bytes))).files;
  } catch {
    throw new Refusal("wrongCall", { problem: "the body must be { files: { path: text } }" });
  }
}
