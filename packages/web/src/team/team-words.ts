import { useWords } from "../language/language.tsx";
import type { Words } from "../language/language.tsx";
import { teamEn } from "../wording/team-en.ts";
import type { TeamWording } from "../wording/team-en.ts";
import { teamZh } from "../wording/team-zh.ts";

const tables = { en: teamEn, zh: teamZh };

/** The words of the page with those of the team pages, which come with the first of them. */
export function useTeamWords(): Words & { team: TeamWording; moment: (instant: string) => string } {
  const words = useWords();
  const moments = new Intl.DateTimeFormat(words.language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
  return { ...words, team: tables[words.language], moment: (instant) => moments.format(new Date(instant)) };
}
