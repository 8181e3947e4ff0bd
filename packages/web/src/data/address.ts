import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

type Shown<Name extends string> = Partial<Record<Name, string>>;

/**
 * What a page shows of its list, kept in the address, so that back, forward, reload and a link show the same. A choice is a step back of its own;
 * `typed` replaces the last one.
 */
export function useAddressed<Name extends string>(): [
  shown: Shown<Name>,
  show: (part: Partial<Record<Name, string | null>>, how?: "typed") => void,
] {
  const search = useSearch({ strict: false, structuralSharing: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const shown = useMemo(() => textsOf<Name>(search), [search]);
  const show = useCallback(
    (part: Partial<Record<Name, string | null>>, how?: "typed") => {
      const next = (before: Record<string, unknown>): Record<string, unknown> =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, content]) => content !== null && content !== ""));
      void navigate({ to: ".", search: next as never, hash: (before) => before ?? "", replace: how === "typed", resetScroll: false });
    },
    [navigate],
  );
  return [shown, show];
}

/** The texts of an address; what else stands there is nobody's. */
export function textsOf<Name extends string>(search: Record<string, unknown>): Shown<Name> {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, content]) => (typeof content === "object" ? [] : [[name, String(content)]])),
  ) as Shown<Name>;
}
