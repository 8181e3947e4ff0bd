import { useNavigate } from "@tanstack/react-router";
import { useDesk } from "../data/desk.tsx";
import type { Past } from "../data/contract.ts";
import { useWords } from "../language/language.tsx";
import { isDay } from "./day.ts";

/** The past day that is read, if any, and the way to another one or back to today; the page stays the same, and so does what is chosen on it. */
export function usePast(): { past?: Past; read: (day: string | undefined) => void } {
  const { view } = useDesk();
  const navigate = useNavigate();
  return {
    past: view.past,
    read: (day) =>
      void navigate({ to: ".", search: (before: Record<string, unknown>) => ({ ...before, asOf: day }) as never, resetScroll: false }),
  };
}

/** A past day or moment in words, where the reader is. */
export function usePastWords(): (past: string) => string {
  const { day, language } = useWords();
  return (past) =>
    isDay(past)
      ? day(past)
      : new Date(past).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
}
