import type { ForecastTold, QuestionBeliefs } from "@watershed/workbench/in-page";

/** The last forecast of every person, in the order in which they were made. */
export function standingOf({ forecasts }: QuestionBeliefs): ForecastTold[] {
  const last = new Map(forecasts.map((told) => [told.forecast.by, told]));
  return forecasts.filter((told) => last.get(told.forecast.by) === told);
}
