import type { ReactNode } from "react";

/** Line drawings on a field of 20 by 20; always beside a word or inside a named button, so hidden from readers of the screen. */
const paths = {
  decisions: "M10 2.5v15M10 5 4 7.5M10 5l6 2.5M4 7.5 2 12a2.3 2.3 0 0 0 4 0L4 7.5Zm12 0L14 12a2.3 2.3 0 0 0 4 0l-2-4.5ZM6.5 17.5h7",
  questions: "M7.4 7.2a2.7 2.7 0 1 1 4.1 2.4c-.9.5-1.5 1.1-1.5 2.1v.4M10 14.8v.1M10 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16Z",
  agenda: "M7 5h10M7 10h10M7 15h10M3 5h.1M3 10h.1M3 15h.1",
  map: "M5 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM15 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM5 17.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM7.3 6l5.4 3M7.3 14l5.4-3",
  lab: "M6 3.5h8v13H6zM3 6h3M3 10h3M3 14h3M14 6h3M14 10h3M14 14h3M8.5 7.5h3v5h-3z",
  settings: "M3 6h8M15 6h2M3 14h2M9 14h8M13 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM7 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  whatIf: "M3 14h3l3-9 3 12 2.5-7 1 4H17",
  search: "M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12ZM13.5 13.5 18 18",
  keyboard: "M3 5h14a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM5 8.5h.1M8.3 8.5h.1M11.6 8.5h.1M15 8.5h.1M6 12h8",
  sun: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1",
  moon: "M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7Z",
  auto: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 2.5v15M10 6h4M10 10h7M10 14h4",
  close: "m5 5 10 10M15 5 5 15",
  down: "m5 8 5 5 5-5",
  right: "m8 5 5 5-5 5",
  up: "m5 12 5-5 5 5",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  past: "M3.2 8A7.3 7.3 0 1 1 2.7 11M3 3.8V8h4.2M10 6v4.2l2.8 1.8",
  link: "M8.5 11.5a3 3 0 0 0 4.3 0l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-3 3a3 3 0 0 0 4.3 4.3l1-1",
  person: "M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3.5 17.5c.6-3.3 3.2-5 6.5-5s5.9 1.7 6.5 5",
  back: "M12 5 7 10l5 5",
  warning: "M10 3 2 17h16L10 3ZM10 8v4M10 14.5v.1",
  now: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM6.5 10.2l2.4 2.4 4.6-5",
  wait: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 5.5V10l3 2",
  pass: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM6.5 10h7",
  staged: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM7 12.5v-2M10 12.5v-4M13 12.5v-6",
  file: "M5 2.5h6.5L16 7v10.5H5zM11 2.5V7.5h5",
  lock: "M5.5 9h9v8h-9zM7 9V6.5a3 3 0 0 1 6 0V9",
} as const;

export type IconName = keyof typeof paths;

/** One of the drawings. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
