import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { rememberToken } from "../data/api.ts";
import type { SessionView } from "../data/contract.ts";
import { sessionQuery } from "../data/queries.ts";
import { useWords } from "../language/language.tsx";

/** What happens once somebody is in: the session is kept, the page speaks their language unless one was chosen here, and the workspace opens. */
export function useEntering(): (session: SessionView, workspace?: string) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { setLanguage } = useWords();
  return async (session, workspace) => {
    rememberToken(session.csrfToken);
    client.setQueryData(sessionQuery.queryKey, session);
    if (session.signedIn && localStorage.getItem("watershed.language") === null) setLanguage(session.user.language);
    if (workspace !== undefined) localStorage.setItem("watershed.workspace", workspace);
    await navigate({ to: "/", replace: true });
  };
}
