import { useWords } from "../language/language.tsx";
import { mapEn } from "../wording/map-en.ts";
import type { MapWording } from "../wording/map-en.ts";
import { mapZh } from "../wording/map-zh.ts";

/** The sentences of the map, loaded with it. */
export function useMapWords(): MapWording {
  return useWords().language === "zh" ? mapZh : mapEn;
}
