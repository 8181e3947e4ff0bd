import { useSyncExternalStore } from "react";

let reachable = true;
const listeners = new Set<() => void>();

/** Notes whether the server answered; the strip at the top of the page follows. */
export function noteReachable(answered: boolean): void {
  if (answered === reachable) return;
  reachable = answered;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const offline = (): void => noteReachable(false);
  const online = (): void => noteReachable(true);
  listeners.add(listener);
  addEventListener("offline", offline);
  addEventListener("online", online);
  return () => {
    listeners.delete(listener);
    removeEventListener("offline", offline);
    removeEventListener("online", online);
  };
}

/** Whether the server could be reached at the last attempt. */
export function useReachable(): boolean {
  return useSyncExternalStore(subscribe, () => reachable);
}
