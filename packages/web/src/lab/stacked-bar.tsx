import type { ReactNode } from "react";

export interface Part {
  name: string;
  amount: number;
  shown: string;
  band?: string;
  share: string;
}

interface StackedBarProps {
  parts: Part[];
  whole: number; // what the bar's full width stands for
  limit?: number; // a line across it: the capacity
  summary: string;
  columns: [string, string, string];
}

/** A bar of parts with its table: numbers tie the two together, so that no part is told by colour alone. */
export function StackedBar({ parts, whole, limit, summary, columns }: StackedBarProps): ReactNode {
  return (
    <>
      <div className="stacked" role="img" aria-label={summary}>
        {parts.map(({ name, amount }, place) => (
          <span key={name} className={`segment tone-${place % 7}`} style={{ width: `${(100 * amount) / whole}%` }} title={name}>
            {amount / whole > 0.035 ? place + 1 : ""}
          </span>
        ))}
        {limit !== undefined && <span className="limit" style={{ left: `${(100 * limit) / whole}%` }} />}
      </div>
      <table className="figures parts">
        <thead>
          <tr>
            <th scope="col">{columns[0]}</th>
            <th scope="col" className="num">
              {columns[1]}
            </th>
            <th scope="col" className="num">
              {columns[2]}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ name, shown, band, share }, place) => (
            <tr key={name}>
              <td>
                <span className={`swatch tone-${place % 7}`}>{place + 1}</span> {name}
              </td>
              <td className="num">
                {shown}
                {band !== undefined && <span className="small soft band">{band}</span>}
              </td>
              <td className="num">{share}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
