import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { Icon } from "../shell/icon.tsx";
import { ImportForm } from "./import-form.tsx";
import { useTeamWords } from "./team-words.ts";

/** Taking the workspace out as files, bringing one in, and how the whole is backed up. */
export function FilesSection(): ReactNode {
  const { team } = useTeamWords();
  const { view, canWrite } = useDesk();
  return (
    <>
      <section className="card stack tight">
        <h3>{team.files.exportTitle}</h3>
        <p className="small soft">{team.files.exportLead}</p>
        {canWrite ? (
          <div>
            <Button
              component="a"
              href={`/api/workspaces/${encodeURIComponent(view.id)}/export`}
              download={`${view.id}.zip`}
              leftSection={<Icon name="file" size={16} />}
            >
              {team.files.export}
            </Button>
          </div>
        ) : (
          <p>{team.files.observers}</p>
        )}
      </section>
      <section className="card stack tight">
        <h3>{team.files.importTitle}</h3>
        <ImportForm />
      </section>
      <section className="card stack tight">
        <h3>{team.files.backupTitle}</h3>
        <p className="small soft">{team.files.backupLead}</p>
        <p>
          <code>npx watershed backup watershed.backup</code>
        </p>
      </section>
    </>
  );
}
