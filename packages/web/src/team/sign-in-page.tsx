import { useMutation } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { ApiError, call } from "../data/api.ts";
import type { SessionView } from "../data/contract.ts";
import { useWords } from "../language/language.tsx";
import { Loading } from "../shell/states.tsx";
import { Entrance } from "./entrance.tsx";
import { useEnter } from "./sign-in-form.tsx";

/** Where the link that the server prints leads: its token is spent at once; without one, the form. */
export function SignInPage(): ReactNode {
  const { language } = useWords();
  const enter = useEnter();
  const token = new URLSearchParams(location.search).get("link");
  const { mutate, isSuccess, error } = useMutation({
    mutationFn: (link: string) => call<SessionView>("POST", "/sign-in/link", { token: link }),
    onSuccess: enter,
  });
  useEffect(() => {
    if (token) mutate(token);
  }, [mutate, token]);
  if (isSuccess) return <Navigate to="/" replace />;
  if (token && !error)
    return (
      <main className="entrance" id="content">
        <Loading rows={2} />
      </main>
    );
  return (
    <>
      {error instanceof ApiError && (
        <p className="strip bad" role="alert">
          {error.body.message[language]}
        </p>
      )}
      <Entrance setup={false} />
    </>
  );
}
