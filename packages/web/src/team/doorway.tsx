import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { LanguageSwitch, ThemeSwitch } from "../shell/top-bar.tsx";
import "./team.css";

/** A page before any workspace is open: the name of the house, language and appearance, and one card. */
export function Doorway({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const { text } = useWords();
  return (
    <div className="doorway">
      <header className="row between">
        <span className="brand">
          <img src="/mark.svg" alt="" />
          {text.product}
        </span>
        <span className="row">
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <main className="card stack" id="content">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
