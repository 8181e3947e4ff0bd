import { Button, FileButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { upload } from "../data/api.ts";
import type { WorkspaceCard } from "../data/contract.ts";
import { sessionQuery } from "../data/queries.ts";
import { Icon } from "../shell/icon.tsx";
import { Form } from "./form.tsx";
import { useTeamWords } from "./team-words.ts";

/** Brings a workspace in from a zip archive; what is wrong with it is told file by file and line by line. */
export function ImportForm(): ReactNode {
  const { team, say, language } = useTeamWords();
  const client = useQueryClient();
  const [file, choose] = useState<File | null>(null);
  const bringIn = useMutation({
    mutationFn: (chosen: File) => upload<WorkspaceCard>("/workspaces/import", chosen, "application/zip"),
    onSuccess: () => {
      choose(null);
      return client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const size = (bytes: number): string => `${(bytes / 1024).toLocaleString(language, { maximumFractionDigits: 0 })} KiB`;
  return (
    <Form
      onSubmit={() => file && bringIn.mutate(file)}
      submit={team.files.import}
      busy={bringIn.isPending}
      error={bringIn.error}
      disabled={!file}
      label={team.files.importTitle}
    >
      <p className="small soft">{team.files.importLead}</p>
      <div className="row">
        <FileButton
          accept=".zip,application/zip"
          onChange={(chosen) => {
            bringIn.reset();
            choose(chosen);
          }}
          inputProps={{ "aria-label": team.files.choose }}
        >
          {(props) => (
            <Button variant="default" leftSection={<Icon name="file" size={16} />} {...props}>
              {team.files.choose}
            </Button>
          )}
        </FileButton>
        {file && <span>{team.files.chosen(file.name, size(file.size))}</span>}
      </div>
      {bringIn.data && (
        <p role="status">
          {team.files.imported(say(bringIn.data.name))}{" "}
          <Link to="/w/$workspace" params={{ workspace: bringIn.data.id }}>
            {team.files.open}
          </Link>
        </p>
      )}
    </Form>
  );
}
