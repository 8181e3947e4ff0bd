import { Modal } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Suspense, createContext, lazy, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { isComposing } from "./composing.ts";
import { useNotices } from "./notices.tsx";

const Palette = lazy(async () => ({ default: (await import("./command-palette.tsx")).CommandPalette }));

interface Keyboard {
  openPalette: () => void;
  openHelp: () => void;
}

const Current = createContext<Keyboard | undefined>(undefined);

const goes: Record<string, "" | "/questions" | "/agenda" | "/evidence" | "/map" | "/lab" | "/settings"> = {
  d: "",
  q: "/questions",
  a: "/agenda",
  e: "/evidence",
  m: "/map",
  l: "/lab",
  s: "/settings",
};

/** Keys that work on every page, the palette and the list of keys. Nothing happens while an input method composes or a field is being typed in. */
export function KeyboardProvider({ children }: { children: ReactNode }): ReactNode {
  const [shown, show] = useState<"palette" | "help" | undefined>();
  const { whatIf, view } = useDesk();
  const { undoLast } = useNotices();
  const navigate = useNavigate();
  const going = useRef(0);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (isComposing(event)) return;
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        show("palette");
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      const goesTo = goes[event.key];
      if (event.timeStamp - going.current < 1200 && goesTo !== undefined) {
        going.current = 0;
        event.preventDefault();
        void navigate({ to: `/w/$workspace${goesTo}` as "/w/$workspace", params: { workspace: view.id } });
        return;
      }
      if (document.querySelector("[role=dialog]")) return;
      const act: Record<string, () => void> = {
        j: () => moveRow(1),
        k: () => moveRow(-1),
        g: () => (going.current = event.timeStamp),
        w: () => whatIf.show(!whatIf.state().open),
        u: undoLast,
        "/": () => show("palette"),
        "?": () => show("help"),
      };
      const chosen = act[event.key];
      if (!chosen) return;
      event.preventDefault();
      chosen();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [navigate, undoLast, view.id, whatIf]);
  const value = useMemo(() => ({ openPalette: () => show("palette"), openHelp: () => show("help") }), []);
  return (
    <Current value={value}>
      {children}
      <Suspense fallback={null}>{shown === "palette" && <Palette close={() => show(undefined)} />}</Suspense>
      <Help opened={shown === "help"} close={() => show(undefined)} />
    </Current>
  );
}

/** Opens the palette or the list of keys. */
export function useKeyboard(): Keyboard {
  const keyboard = useContext(Current);
  if (!keyboard) throw new Error("useKeyboard outside of KeyboardProvider");
  return keyboard;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName)) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

/** Moves the focus to the next or the previous row of the page. */
function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")].filter((row) => row.offsetParent !== null);
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function Help({ opened, close }: { opened: boolean; close: () => void }): ReactNode {
  const { text } = useWords();
  const rows: [string[], string][] = [
    [["⌘K", "Ctrl K", "/"], text.keys.palette],
    [["j", "k"], text.keys.nextPrevious],
    [["Enter"], text.keys.openRow],
    [["w"], text.keys.whatIf],
    [[`g ${text.keys.followedBy} d q a e m l s`], text.keys.go],
    [["u"], text.keys.undo],
    [["Esc"], text.keys.close],
    [["?"], text.keys.help],
  ];
  return (
    <Modal opened={opened} onClose={close} title={text.keys.title} closeButtonProps={{ "aria-label": text.state.close }}>
      <table className="figures">
        <tbody>
          {rows.map(([keys, means]) => (
            <tr key={means}>
              <td>
                {keys.map((key) => (
                  <span key={key}>
                    <kbd>{key}</kbd>{" "}
                  </span>
                ))}
              </td>
              <td>{means}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
