import type { Question } from "@watershed/domain";
import type { Move } from "@watershed/workbench/in-page";
import { useEffect, useRef, useState } from "react";
import { useDesk } from "../data/desk.tsx";
import type { WordedReading } from "../what-if/answer.ts";

/**
 * What the words of a move say, read by the same checker as the files are; undefined until it has answered. One reading is under way at a time:
 * of all that is said meanwhile, only the newest is read next.
 */
export function useReading(question: Question, move: Move | undefined): WordedReading | undefined {
  const { reader } = useDesk();
  const [read, set] = useState<WordedReading | undefined>();
  const newest = useRef<string | undefined>(undefined); // the move as it is written
  const underWay = useRef(false);
  const written = move && JSON.stringify(move);
  useEffect(() => {
    newest.current = written;
    if (written === undefined) return set(undefined);
    if (underWay.current) return;
    underWay.current = true;
    const readOn = async (): Promise<void> => {
      for (let asked: string | undefined; asked !== newest.current && newest.current !== undefined;) {
        asked = newest.current;
        const found = await reader().ask({ ask: "read", question: question.id, forecast: JSON.parse(asked) as Move });
        if (newest.current !== undefined) set(found);
      }
    };
    void readOn().finally(() => (underWay.current = false));
  }, [reader, question.id, written]);
  return read;
}
