import { ActionIcon, Button, Menu, useMantineColorScheme } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../data/api.ts";
import { useDesk, useWhatIf } from "../data/desk.tsx";
import { sessionQuery } from "../data/queries.ts";
import { useWords } from "../language/language.tsx";
import { Icon } from "./icon.tsx";
import { useKeyboard } from "./keyboard.tsx";

/** The bar at the top: where we are, finding, what-if, language, appearance, the account. */
export function TopBar(): ReactNode {
  const { text, say } = useWords();
  const { view, whatIf } = useDesk();
  const open = useWhatIf((state) => state.open);
  const { openPalette, openHelp } = useKeyboard();
  return (
    <header className="top-bar">
      <Link to="/w/$workspace" params={{ workspace: view.id }} className="brand">
        <img src="/mark.svg" alt={text.product} />
        <span className="where">{say(view.workspace.settings.name)}</span>
      </Link>
      <span className="spring" />
      <Button
        className="wide"
        variant="default"
        size="xs"
        leftSection={<Icon name="search" size={15} />}
        rightSection={<kbd>⌘K</kbd>}
        onClick={openPalette}
      >
        {text.palette.title}
      </Button>
      <ActionIcon className="narrow" variant="subtle" size="lg" color="gray" aria-label={text.palette.title} onClick={openPalette}>
        <Icon name="search" />
      </ActionIcon>
      <Button
        className="wide"
        size="xs"
        variant={open ? "light" : "filled"}
        aria-expanded={open}
        leftSection={<Icon name="whatIf" size={16} />}
        onClick={() => whatIf.show(!open)}
      >
        {open ? text.whatIf.close : text.whatIf.open}
      </Button>
      <LanguageSwitch />
      <ThemeSwitch />
      <ActionIcon className="wide" variant="subtle" size="lg" color="gray" aria-label={text.keys.open} onClick={openHelp}>
        <Icon name="keyboard" />
      </ActionIcon>
      <AccountMenu />
    </header>
  );
}

/** English and Chinese, one press apart. */
export function LanguageSwitch(): ReactNode {
  const { text, language, setLanguage } = useWords();
  const other = language === "en" ? "zh" : "en";
  return (
    <Button variant="subtle" color="gray" size="compact-sm" lang={other === "zh" ? "zh-CN" : "en"} onClick={() => setLanguage(other)}>
      {text.otherLanguage}
    </Button>
  );
}

/** Light, dark, or as the system has it. */
export function ThemeSwitch(): ReactNode {
  const { text } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const icons = { light: "sun", dark: "moon", auto: "auto" } as const;
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" color="gray" aria-label={`${text.theme.name}: ${text.theme[colorScheme]}`}>
          <Icon name={icons[colorScheme]} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(["light", "dark", "auto"] as const).map((scheme) => (
          <Menu.Item key={scheme} leftSection={<Icon name={icons[scheme]} />} onClick={() => setColorScheme(scheme)}>
            {text.theme[scheme]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountMenu(): ReactNode {
  const { text, say } = useWords();
  const { view } = useDesk();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: session } = useQuery(sessionQuery);
  if (!session?.signedIn) return null;
  const signOut = async (): Promise<void> => {
    await call("POST", "/sign-out", {});
    client.clear();
    location.assign("/");
  };
  return (
    <Menu shadow="md" position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" color="gray" aria-label={text.nav.account}>
          <Icon name="person" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{session.user.name}</Menu.Label>
        {session.workspaces.length > 1 && <Menu.Label>{text.nav.workspace}</Menu.Label>}
        {session.workspaces.length > 1 &&
          session.workspaces.map((card) => (
            <Menu.Item
              key={card.id}
              onClick={() => void navigate({ to: "/w/$workspace", params: { workspace: card.id } })}
              disabled={card.id === view.id}
            >
              {say(card.name)}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item
          onClick={() => void navigate({ to: "/w/$workspace/settings", params: { workspace: view.id }, search: { section: "account" } })}
        >
          {text.nav.account}
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{text.nav.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
