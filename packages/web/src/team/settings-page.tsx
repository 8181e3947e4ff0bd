import { Link, getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { AccountSection } from "./account-section.tsx";
import { AuditSection } from "./audit-section.tsx";
import { FilesSection } from "./files-section.tsx";
import { MembersSection } from "./members-section.tsx";
import "./team.css";
import { useTeamWords } from "./team-words.ts";
import { TokensSection } from "./tokens-section.tsx";
import { WorkspaceSection } from "./workspace-section.tsx";

const sections = {
  workspace: WorkspaceSection,
  members: MembersSection,
  account: AccountSection,
  tokens: TokensSection,
  files: FilesSection,
  audit: AuditSection,
};
type Section = keyof typeof sections;

const route = getRouteApi("/w/$workspace/settings");

/** Everything about the workspace and the team that is no research: each part under an address of its own. */
export function SettingsPage(): ReactNode {
  const { team } = useTeamWords();
  const { view } = useDesk();
  const { section } = route.useSearch();
  const shown: Section = section !== undefined && section in sections ? (section as Section) : "workspace";
  const Shown = sections[shown];
  return (
    <>
      <div className="page-head">
        <h1>{team.settings.title}</h1>
      </div>
      <div className="settings">
        <nav aria-label={team.settings.sections}>
          {(Object.keys(sections) as Section[]).map((name) => (
            <Link
              key={name}
              data-row
              to="/w/$workspace/settings"
              params={{ workspace: view.id }}
              search={name === "workspace" ? {} : { section: name }}
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={name === shown ? "page" : undefined}
            >
              {team.settings.section[name]}
            </Link>
          ))}
        </nav>
        <div className="stack settings-body">
          <h2>{team.settings.section[shown]}</h2>
          <Shown />
        </div>
      </div>
    </>
  );
}
