/** The sentences of the map in English. */
export const mapEn = {
  title: "Map",
  lead: (questions: number, companies: number, links: number) =>
    `How ${companies} companies rest on ${questions} questions: ${links} links, read from the formulas of the investment cases.`,
  howto: "Choose one to see what it rests on and what it moves.",
  graph: "Graph",
  list: "List",
  view: "Show as",
  search: "Find on the map",
  allDimensions: "All dimensions",
  dimension: "Dimension",
  track: "Track",
  allTracks: "All tracks",
  onlyTelling: "Only questions that can change a decision",
  onlyConnected: "Only what is connected to it",
  columns: { questions: "Questions", between: "Quantities and triggers", companies: "Companies" },
  kinds: { question: "question", quantity: "quantity", signal: "signal", trigger: "trigger", company: "company" },
  kindsMany: { question: "Questions", quantity: "Quantities", signal: "Signals", trigger: "Triggers", company: "Companies" },
  answered: "answered",
  more: (n: number) => `${n} more`,
  fewer: "Show fewer",
  rests: "Rests on",
  restsNothing: "Rests on nothing else: its beliefs are forecasts of people.",
  moves: "Moves",
  movesNothing: "Moves nothing.",
  tied: "Tied by a rank correlation to",
  directly: "directly",
  summary: (name: string, below: number, above: number, companies: number) =>
    above === 0
      ? `${name} rests on ${below}.`
      : `${name} rests on ${below} and moves ${above}, of which ${companies} ${companies === 1 ? "is a company" : "are companies"}.`,
  worth: "worth of an answer",
  worthHere: "worth of its answer to this company",
  clear: "Choose nothing",
  open: "Open",
  empty: "No investment case rests on any question yet.",
  noMatch: "Nothing on the map matches. Loosen the filter.",
  keys: "j and k move along, Enter chooses, Esc lets go.",
};

export type MapWording = typeof mapEn;
