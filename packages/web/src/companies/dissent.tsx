import type { CompanyReview } from "@watershed/workbench";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { AlternativeBadge } from "../figures/alternative.tsx";
import { Figure } from "../figures/estimate.tsx";
import { useWords } from "../language/language.tsx";

/** What every partner would do on their own forecasts alone. */
export function Dissent({ of }: { of: CompanyReview }): ReactNode {
  const { text, say } = useWords();
  const { workspace } = useDesk();
  if (of.dissent.length === 0) return null;
  const name = (id: string): string => say(workspace.people.find((person) => person.id === id)?.name) || id;
  return (
    <section className="card stack tight" aria-labelledby="dissent-title">
      <h2 id="dissent-title">{text.companies.dissent}</h2>
      <p className="small soft">{text.companies.dissentWhy}</p>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{text.questions.person}</th>
            <th scope="col">{text.companies.would}</th>
            <th scope="col" className="num">
              {text.decisions.worth}
            </th>
          </tr>
        </thead>
        <tbody>
          {of.dissent.map(({ person, best, worth, flips }) => (
            <tr key={person}>
              <td>
                {name(person)} {flips && <span className="tag">{text.companies.otherwise}</span>}
              </td>
              <td>
                <AlternativeBadge name={best} />
              </td>
              <td className="num">
                <Figure of={worth} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
