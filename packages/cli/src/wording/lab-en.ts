/** What the compute lab says in English; the Chinese table has the same shape. */
export const labEn = {
  separator: ", ",
  notPublished: "not published",
  unknownChip: (name: string, nearest: string) =>
    `No chip "${name}" in the catalogue. Nearest: ${nearest}. \`watershed lab chips\` lists all.`,
  chipsTitle: "Accelerators",
  chipsNote:
    "Dense peak in TFLOP/s, memory in GB and GB/s, chips in the fast domain and GB/s per chip and direction in it, chip power in W. A figure that could not be checked makes the row less sure: `lab chips NAME` says which and where it comes from.",
  chipColumns: ["Chip", "Year", "BF16", "FP8", "FP4", "GB", "GB/s", "Domain", "GB/s", "W", "Known from"],
  confidences: { table: "table", mixed: "partly", secondary: "press", unverified: "unsure", announced: "announced" },
  chip: {
    peak: "Dense peak",
    measured: "Fastest measured",
    memory: "Memory",
    scaleUp: "Fast domain",
    scaleOut: "Network per chip",
    power: "Power",
    confidence: "Known from",
    unverified: "Could not be verified",
    notes: "Notes",
    source: "Source",
  },
  scaleUp: (chips: number | string, rate: string) => `${chips} chips, ${rate} GB/s per chip and direction`,
  power: (chip: number, server: number | string) => `${chip} W per chip, ${server} W per chip with its server`,
};

export type LabWording = typeof labEn;
