import type { ReactNode } from "react";
import { FirstRun } from "./first-run.tsx";
import { NoWorkspace } from "./no-workspace.tsx";
import { SignInDoor } from "./sign-in-door.tsx";

/** What `/` shows whoever has no workspace to go to: the first run, the way in, or how to get a workspace. */
export function Entrance({ setup, noWorkspace }: { setup: boolean; noWorkspace?: boolean }): ReactNode {
  if (noWorkspace) return <NoWorkspace />;
  return setup ? <FirstRun /> : <SignInDoor />;
}
