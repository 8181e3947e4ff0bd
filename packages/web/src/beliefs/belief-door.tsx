import type { Question } from "@watershed/domain";
import type { BeliefFigures, Move } from "@watershed/workbench/in-page";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import type { WordedReading } from "../what-if/answer.ts";
import { handedProbability, handedQuantiles, probabilityMove } from "./belief-text.ts";
import { ChipsDoor } from "./chips-door.tsx";
import { DateDoor } from "./date-door.tsx";
import { NumberDoor } from "./number-door.tsx";
import { onEnter } from "../shell/composing.ts";
import { ProbabilityDoor } from "./probability-door.tsx";
import { useReading } from "./use-reading.ts";
import { useTyped } from "./use-typed.ts";

interface BeliefDoorProps {
  question: Question;
  move?: Move; // what is said now; the ghost where nothing is yet
  ghost?: BeliefFigures; // the saved belief, or one's last forecast
  ghostName?: string;
  start?: BeliefFigures; // what the hand finds where nothing has been said yet, and no ghost
  onChange: (move: Move) => void;
  onSettle: () => void;
}

/** Every way to state a belief about one question, kept in step: by hand, as a table, in words. */
export function BeliefDoor({ question, move, ghost, ghostName, start, onChange, onSettle }: BeliefDoorProps): ReactNode {
  const { say } = useWords();
  const { workspace } = useDesk();
  const read = useReading(question, move);
  const figures = read?.figures ?? ghost ?? start ?? startingFigures(question);
  const shared = { question, onChange, onSettle };
  switch (figures.kind) {
    case "yesNo":
      return (
        <>
          <ProbabilityDoor
            name={say(question.text)}
            probability={handedProbability(move) ?? figures.probability} // keys come faster than readings
            ghost={ghost?.kind === "yesNo" ? ghost.probability : undefined}
            ghostName={ghostName}
            onChange={(probability) => onChange(probabilityMove(question.id, probability))}
            onSettle={onSettle}
          />
          {read && read.problems.length > 0 && <DoorProblems reading={read} />}
        </>
      );
    case "oneOf":
      return <ChipsDoor {...shared} figures={figures} />;
    default:
      return (
        <div className="stack tight">
          {figures.kind === "number" ? (
            figures.quantiles.length > 0 && (
              <NumberDoor {...shared} figures={figures} handed={handedQuantiles(question, move)} ghost={ghost} />
            )
          ) : (
            <DateDoor {...shared} figures={figures} ghost={ghost} from={workspace.settings.asOf} />
          )}
          <TextDoor question={question} move={move} reading={read} onChange={onChange} onSettle={onSettle} />
        </div>
      );
  }
}

function DoorProblems({ reading }: { reading: WordedReading }): ReactNode {
  const { language } = useWords();
  return (
    <ul className="plain small door-problem" role="alert">
      {reading.problems.map(({ code, message }) => (
        <li key={code}>{message[language]}</li>
      ))}
    </ul>
  );
}

interface TextDoorProps extends Pick<BeliefDoorProps, "question" | "move" | "onChange" | "onSettle"> {
  reading?: WordedReading;
}

function TextDoor({ question, move, reading, onChange, onSettle }: TextDoorProps): ReactNode {
  const { text } = useWords();
  const written = String(move?.distribution ?? "");
  const [typed, type] = useTyped(written);
  const take = (): void => {
    if (typed.trim() === "" || typed === written) return;
    onChange({ question: question.id, distribution: typed });
    onSettle();
  };
  const hint = text.belief.textHint[question.kind === "date" ? "date" : "number"];
  return (
    <label className="text-door small">
      <span className="soft">{text.belief.text}</span>
      <input
        value={typed}
        placeholder={hint}
        spellCheck={false}
        onChange={({ target }) => type(target.value)}
        onBlur={take}
        onKeyDown={onEnter(take)}
      />
      {reading && reading.problems.length > 0 && <DoorProblems reading={reading} />}
    </label>
  );
}

/** Where nobody has said anything yet. */
function startingFigures(question: Question): BeliefFigures {
  if (question.kind === "oneOf") {
    const options = question.options ?? [];
    return { kind: "oneOf", probabilities: Object.fromEntries(options.map(({ id }) => [id, 1 / options.length])) };
  }
  if (question.kind === "yesNo") return { kind: "yesNo", probability: 0.5 };
  return { kind: question.kind, quantiles: [], never: 0 };
}
