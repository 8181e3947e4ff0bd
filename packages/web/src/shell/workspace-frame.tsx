import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, getRouteApi } from "@tanstack/react-router";
import { Suspense, lazy, useEffect } from "react";
import type { ReactNode } from "react";
import { useReachable } from "../data/connection.ts";
import { DeskProvider, useOpenedDesk, useWhatIf } from "../data/desk.tsx";
import { sessionQuery } from "../data/queries.ts";
import { useWords } from "../language/language.tsx";
import { KeyboardProvider } from "./keyboard.tsx";
import { FootBar, SideBar } from "./navigation.tsx";
import { Failed, Loading, Problems } from "./states.tsx";
import { TopBar } from "./top-bar.tsx";
import { AsOfProvider } from "../past/as-of.tsx";
import { PastStrip } from "../past/strip.tsx";
import { WhatIfStrip } from "../what-if/strip.tsx";
import { useDesk } from "../data/desk.tsx";

const Drawer = lazy(async () => ({ default: (await import("../what-if/drawer.tsx")).Drawer }));
const route = getRouteApi("/w/$workspace");

/** The frame around every page of a workspace: bars, navigation, the page, and the what-if beside it. */
export function WorkspaceFrame(): ReactNode {
  const { workspace: id } = route.useParams();
  const { asOf } = route.useSearch();
  const session = useQuery(sessionQuery);
  const { desk, error, retry } = useOpenedDesk(id, asOf);
  useEffect(() => localStorage.setItem("watershed.workspace", id), [id]);
  if (session.data?.signedIn === false || error?.status === 401) return <Navigate to="/" replace />;
  if (!desk)
    return (
      <main className="main" id="content">
        {error ? <Failed error={error} retry={retry} /> : <Loading />}
      </main>
    );
  return (
    <DeskProvider desk={desk}>
      <AsOfProvider>
        <KeyboardProvider>
          <Frame />
        </KeyboardProvider>
      </AsOfProvider>
    </DeskProvider>
  );
}

function Frame(): ReactNode {
  const { text } = useWords();
  const open = useWhatIf((state) => state.open);
  const { view } = useDesk();
  return (
    <div className="frame" data-what-if={open}>
      <a className="skip" href="#content" onClick={skip}>
        {text.skip}
      </a>
      <TopBar />
      <SideBar />
      <main className="main" id="content" tabIndex={-1}>
        <Strips />
        <Suspense fallback={<Loading />}>
          <Outlet key={view.past?.at ?? "today"} /> {/* nothing of one day lingers on another */}
        </Suspense>
      </main>
      {open && (
        <Suspense fallback={null}>
          <Drawer />
        </Suspense>
      )}
      <FootBar />
    </div>
  );
}

/** The router owns the part of the address after the hash, so the jump is made by hand. */
function skip(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

/** What has to be known before reading on: no connection, problems, a what-if in force. */
function Strips(): ReactNode {
  const { text } = useWords();
  const { problems, reviewError, view } = useDesk();
  const reachable = useReachable();
  const errors = problems.filter(({ severity }) => severity === "error");
  return (
    <>
      <PastStrip />
      {!reachable && (
        <div className="strip bad" role="status">
          {text.state.offline}
        </div>
      )}
      {reviewError && reviewError.status !== 0 && <Failed error={reviewError} />}
      {errors.length > 0 && (
        <div className="card stack tight" role="alert">
          <h2>{text.state.brokenTitle}</h2>
          <Problems problems={errors} />
        </div>
      )}
      {view.role === "observer" && <div className="strip">{text.state.mayNotWrite}</div>}
      <WhatIfStrip />
    </>
  );
}
