import { createContext, useCallback, useContext, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useWords } from "../language/language.tsx";
import { Icon } from "./icon.tsx";
import "./notices.css";

interface Notice {
  id: number;
  text: string;
  undo?: () => void | Promise<void>;
  bad?: boolean;
}

interface Notices {
  tell: (text: string, options?: { undo?: Notice["undo"]; bad?: boolean }) => void;
  undoLast: () => void;
}

const Current = createContext<Notices | undefined>(undefined);
const secondsShown = { told: 8, undoable: 30 };
let told = 0;

/** Short messages at the foot of the page; those that can be undone say so, and the last of them answers to the undo key. */
export function NoticeProvider({ children }: { children: ReactNode }): ReactNode {
  const [notices, set] = useState<Notice[]>([]);
  const { text } = useWords();
  const close = useCallback((id: number) => set((all) => all.filter((one) => one.id !== id)), []);
  const undo = useCallback(
    async ({ id, undo: back }: Notice) => {
      close(id);
      await back?.();
    },
    [close],
  );
  const value = useMemo<Notices>(
    () => ({
      tell: (message, options = {}) => {
        const id = told++;
        set((all) => [...all.slice(-2), { id, text: message, ...options }]);
        const seconds = options.undo || options.bad ? secondsShown.undoable : secondsShown.told;
        setTimeout(() => close(id), seconds * 1000);
      },
      undoLast: () => {
        set((all) => {
          const last = all.findLast((one) => one.undo);
          if (last) queueMicrotask(() => void undo(last));
          return all;
        });
      },
    }),
    [close, undo],
  );
  return (
    <Current value={value}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {notices.map((notice) => (
          <div key={notice.id} className={notice.bad ? "notice bad" : "notice"}>
            <span>{notice.text}</span>
            {notice.undo && (
              <button type="button" onClick={() => void undo(notice)}>
                {text.state.undo}
              </button>
            )}
            <button type="button" aria-label={text.state.close} onClick={() => close(notice.id)}>
              <Icon name="close" size={14} />
            </button>
          </div>
        ))}
      </div>
    </Current>
  );
}

/** Tells something at the foot of the page. */
export function useNotices(): Notices {
  const notices = useContext(Current);
  if (!notices) throw new Error("useNotices outside of NoticeProvider");
  return notices;
}
