import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { call, rememberToken } from "../data/api.ts";
import type { SessionView } from "../data/contract.ts";
import { sessionQuery } from "../data/queries.ts";
import { Loading } from "../shell/states.tsx";
import { Doorway } from "./doorway.tsx";
import { useEntering } from "./entering.ts";
import { SignInDoor } from "./sign-in-door.tsx";
import { useTeamWords } from "./team-words.ts";

/** A link works once, so it is sent once, however often the page is drawn. */
const sent = new Map<string, Promise<SessionView>>();

function spend(token: string): Promise<SessionView> {
  const answer = sent.get(token) ?? call<SessionView>("POST", "/sign-in/link", { token });
  sent.set(token, answer);
  return answer;
}

/** Where the link that a start prints leads: signs in by it, or asks for address and password. */
export function SignInPage(): ReactNode {
  const [token] = useState(() => new URLSearchParams(location.search).get("link"));
  const session = useQuery(sessionQuery);
  if (token !== null) return <ByLink token={token} />;
  if (session.data?.signedIn) return <Navigate to="/" replace />;
  return <SignInDoor />;
}

function ByLink({ token }: { token: string }): ReactNode {
  const { team } = useTeamWords();
  const enter = useEntering();
  const client = useQueryClient();
  const [failed, fail] = useState<Error>();
  useEffect(() => {
    spend(token).then(
      (session) => enter(session),
      async (error: Error) => {
        // whoever is in already has no need of a link: a page opened again, a second press on it
        const session = await client.fetchQuery(sessionQuery).catch(() => undefined);
        if (!session?.signedIn) return fail(error);
        rememberToken(session.csrfToken);
        await enter(session);
      },
    );
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each link
  }, [token]);
  if (failed) return <SignInDoor failed={failed} />;
  return (
    <Doorway title={team.enter.signInTitle}>
      <Loading rows={2} label={team.enter.byLinkBusy} />
    </Doorway>
  );
}
