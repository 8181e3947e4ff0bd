import { Button } from "@mantine/core";
import type { CompanyReview } from "@watershed/workbench";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";

const mostShown = 10;

/** The questions of this company: what knowing each answer is worth, and how far the answer moves investing now. */
export function AnswersThatMatter({ of }: { of: CompanyReview }): ReactNode {
  const { text, say } = useWords();
  const { questions, view, whatIf } = useDesk();
  const exposure = new Map(of.exposure.map((one) => [one.question, one]));
  const shown = of.questions.slice(0, mostShown);
  const most = Math.max(...shown.map(({ worth }) => worth.amount), 0);
  if (shown.length === 0) return null;
  return (
    <section className="card stack tight" aria-labelledby="answers-title">
      <h2 id="answers-title">{text.companies.answers}</h2>
      <p className="small soft">
        {text.companies.answersWhy} {text.companies.evpi} <Figure of={of.evpi} />
      </p>
      <div className="scroll-x" tabIndex={0} role="group" aria-label={text.companies.answers}>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{text.questions.question}</th>
              <th scope="col" className="num">
                {text.questions.worth}
              </th>
              <th scope="col">
                <span className="hidden-text">{text.state.chart}</span>
              </th>
              <th scope="col" className="num">
                {text.companies.exposure}
              </th>
              <th scope="col">
                <span className="hidden-text">{text.whatIf.title}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ question, worth, floor, distinguishable }) => (
              <tr key={question}>
                <td>
                  <Link to="/w/$workspace/questions/$question" params={{ workspace: view.id, question }} className="quiet">
                    {say(questions.get(question)?.text)}
                  </Link>
                </td>
                <td className="num">{distinguishable ? <Figure of={worth} /> : <span className="soft">{text.questions.noise}</span>}</td>
                <td>
                  <WorthBar worth={worth.amount} error={worth.standardError} floor={floor} most={most} />
                </td>
                <td className="num">{exposure.has(question) ? <Figure of={exposure.get(question)!.difference} /> : "—"}</td>
                <td>
                  <Button size="compact-xs" variant="subtle" onClick={() => whatIf.pick(question)}>
                    {text.whatIf.open}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A worth as a bar with its error, and the noise floor as a line: what does not reach it says nothing. */
export function WorthBar({ worth, error, floor, most }: { worth: number; error: number; floor: number; most: number }): ReactNode {
  const x = (amount: number): number => (most > 0 ? (100 * Math.max(0, Math.min(amount, most))) / most : 0);
  return (
    <svg className="worth-bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="3" width={x(worth)} height="8" className="bar" />
      <line x1={x(worth - 2 * error)} x2={x(worth + 2 * error)} y1="7" y2="7" className="error-line" vectorEffect="non-scaling-stroke" />
      <line x1={x(floor)} x2={x(floor)} y1="0" y2="14" className="floor-line" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
