import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { Suspense, lazy } from "react";
import type { ReactNode } from "react";
import { sessionQuery } from "../data/queries.ts";
import { Failed, Loading } from "./states.tsx";

const Entrance = lazy(async () => ({ default: (await import("../team/entrance.tsx")).Entrance }));

/** Where a visitor goes from `/`: to the workspace that was open last, to sign in, or to set the place up. */
export function FirstPage(): ReactNode {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (error)
    return (
      <Alone>
        <Failed error={error} retry={() => void refetch()} />
      </Alone>
    );
  if (!session)
    return (
      <Alone>
        <Loading />
      </Alone>
    );
  if (!session.signedIn)
    return (
      <Suspense
        fallback={
          <Alone>
            <Loading />
          </Alone>
        }
      >
        <Entrance setup={session.setup === "open"} />
      </Suspense>
    );
  const last = localStorage.getItem("watershed.workspace");
  const card = session.workspaces.find(({ id }) => id === last) ?? session.workspaces[0];
  if (!card)
    return (
      <Suspense
        fallback={
          <Alone>
            <Loading />
          </Alone>
        }
      >
        <Entrance setup={false} noWorkspace />
      </Suspense>
    );
  return <Navigate to="/w/$workspace" params={{ workspace: card.id }} replace />;
}

/** A page without a workspace around it. */
export function Alone({ children }: { children: ReactNode }): ReactNode {
  return (
    <main className="main" id="content" style={{ margin: "0 auto", maxWidth: 720 }}>
      {children}
    </main>
  );
}
