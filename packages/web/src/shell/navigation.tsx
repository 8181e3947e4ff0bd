import { Menu } from "@mantine/core";
import { Link, useMatchRoute, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useDesk, useWhatIf } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { useAsOf } from "../past/as-of.tsx";
import { usePastWords } from "../past/use-past.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon.tsx";

const pages = [
  { name: "decisions", to: "/w/$workspace", icon: "decisions" },
  { name: "questions", to: "/w/$workspace/questions", icon: "questions" },
  { name: "agenda", to: "/w/$workspace/agenda", icon: "agenda" },
  { name: "evidence", to: "/w/$workspace/evidence", icon: "file" },
  { name: "map", to: "/w/$workspace/map", icon: "map" },
  { name: "lab", to: "/w/$workspace/lab", icon: "lab" },
  { name: "settings", to: "/w/$workspace/settings", icon: "settings" },
] as const satisfies { name: string; to: string; icon: IconName }[];
type PageLinkProps = Pick<(typeof pages)[number], "name" | "to" | "icon">;

/** The pages at the left; on narrow screens as pictures alone, named for everybody. */
export function SideBar(): ReactNode {
  const { text } = useWords();
  return (
    <nav className="side" aria-label={text.nav.label}>
      <div className="side-inner">
        {pages.map(({ name, to, icon }) => (
          <PageLink key={name} to={to} name={name} icon={icon} />
        ))}
        <AsOfButton />
      </div>
    </nav>
  );
}

/** The same at the foot of a phone: four pages, what-if, and the rest in a menu. */
export function FootBar(): ReactNode {
  const { text } = useWords();
  const { view, whatIf } = useDesk();
  const open = useWhatIf((state) => state.open);
  const { choose } = useAsOf();
  const navigate = useNavigate();
  const params = { workspace: view.id };
  return (
    <nav className="foot-bar" aria-label={text.nav.label}>
      {pages.slice(0, 3).map(({ name, to, icon }) => (
        <PageLink key={name} to={to} name={name} icon={icon} />
      ))}
      <button type="button" aria-expanded={open} onClick={() => whatIf.show(!open)}>
        <Icon name="whatIf" />
        {text.whatIf.title}
      </button>
      <Menu position="top-end" shadow="md">
        <Menu.Target>
          <button type="button">
            <Icon name="settings" />
            {text.nav.more}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {pages.slice(3).map(({ name, to, icon }) => (
            <Menu.Item key={name} leftSection={<Icon name={icon} />} onClick={() => void navigate({ to, params })}>
              {text.nav[name]}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<Icon name="past" />} onClick={choose}>
            {text.past.choose}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}

/** The day that everything is read as of, and the way to another one. */
function AsOfButton(): ReactNode {
  const { text, day } = useWords();
  const { view } = useDesk();
  const { choose } = useAsOf();
  const moment = usePastWords();
  const shown = text.nav.asOf(view.past ? moment(view.past.at) : day(view.workspace.settings.asOf));
  return (
    <button
      type="button"
      className="foot as-of"
      data-past={view.past !== undefined}
      title={`${shown}: ${text.past.choose}`}
      onClick={choose}
    >
      <Icon name="past" />
      <span className="label small">{shown}</span>
    </button>
  );
}

function PageLink({ to, name, icon }: PageLinkProps): ReactNode {
  const { text } = useWords();
  const { view } = useDesk();
  const matches = useMatchRoute();
  const params = { workspace: view.id };
  const inCompany = name === "decisions" && Boolean(matches({ to: "/w/$workspace/companies/$company", params, fuzzy: true }));
  return (
    <Link
      to={to}
      params={params}
      activeOptions={{ exact: name === "decisions" }}
      {...(inCompany ? { "aria-current": "page" } : {})}
      title={text.nav[name]}
    >
      <Icon name={icon} />
      <span className="label">{text.nav[name]}</span>
    </Link>
  );
}
