import { useWords } from "../language/language.tsx";
import { agendaEn } from "../wording/agenda-en.ts";
import type { AgendaWording } from "../wording/agenda-en.ts";
import { agendaZh } from "../wording/agenda-zh.ts";

/** The sentences of the agenda, loaded with it. */
export function useAgendaWords(): AgendaWording {
  return useWords().language === "zh" ? agendaZh : agendaEn;
}
