import { Suspense, createContext, lazy, useContext, useMemo, useState } from "react";
import type { ReactNode } from "react";

const Dialog = lazy(async () => ({ default: (await import("./as-of-dialog.tsx")).AsOfDialog }));

interface AsOf {
  choose: () => void; // opens the choice of a day
}

const Current = createContext<AsOf | undefined>(undefined);

/** The choice of a past day, opened from wherever it is offered. */
export function AsOfProvider({ children }: { children: ReactNode }): ReactNode {
  const [choosing, open] = useState(false);
  const value = useMemo(() => ({ choose: () => open(true) }), []);
  return (
    <Current value={value}>
      {children}
      {choosing && (
        <Suspense fallback={null}>
          <Dialog close={() => open(false)} />
        </Suspense>
      )}
    </Current>
  );
}

/** Opens the choice of a past day. */
export function useAsOf(): AsOf {
  const asOf = useContext(Current);
  if (!asOf) throw new Error("useAsOf outside of AsOfProvider");
  return asOf;
}
