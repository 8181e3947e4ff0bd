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

/** The look of Mantine's parts; colours of our own are in page.css. */
export const theme = createTheme({
  primaryColor: "water",
  colors: { water },
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: "sm",
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "var(--font-code)",
  headings: { fontFamily: "var(--font-text)", fontWeight: "650" },
  cursorType: "pointer",
  focusRing: "auto",
});
