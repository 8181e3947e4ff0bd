import { createTheme } from "@mantine/core";
import type { MantineColorsTuple } from "@mantine/core";

/** The water of the name: a teal whose dark shades carry white text at AA contrast and whose light ones carry dark text. */
const water: MantineColorsTuple = [
  "#e9f7f8",
  "#d3ecee",
  "#a5d9dd",
  "#74c5cc",
  "#4eb4bd",
  "#2f9da8",
  "#17808c",
  "#0b6573",
  "#0b5563",
  "#06414d",
];

/** Mantine's dark surfaces in the tone of ours: from text to the deepest ground. */
const night: MantineColorsTuple = [
  "#e6eef1",
  "#c4d1d7",
  "#a9bac3",
  "#8ea1ab",
  "#48606c",
  "#2c3d46",
  "#1e2c33",
  "#172228",
  "#10181c",
  "#0b1215",
];

/** The look of Mantine's parts; colours of our own are in page.css. */
export const theme = createTheme({
  primaryColor: "water",
  colors: { water, dark: night },
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: "sm",
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "var(--font-code)",
  headings: { fontFamily: "var(--font-text)", fontWeight: "650" },
  cursorType: "pointer",
  focusRing: "auto",
});
