import { useElementSize } from "@mantine/hooks";
import { memo } from "react";
import type { ReactNode } from "react";

export interface LogAxis {
  name: string;
  min: number;
  max: number;
  shown: (amount: number) => string;
}

export interface LogChartProps {
  x: LogAxis;
  y: LogAxis;
  lines: { points: [number, number][]; look: "main" | "band" | "bound" }[];
  dots: { at: [number, number]; name?: string; look: "main" | "here" }[];
  height?: number;
}

const margin = { left: 58, right: 16, top: 12, bottom: 44 };
const lineHeight = 15;
const nameWidth = 120;

/** Lines and dots over two logarithmic axes, drawn by hand: cheap enough to follow a slider on every frame. Its table twin tells the same. */
export const LogChart = memo(function LogChart({ x, y, lines, dots, height = 240 }: LogChartProps): ReactNode {
  const { ref, width } = useElementSize();
  const inner = { width: Math.max(0, width - margin.left - margin.right), height: height - margin.top - margin.bottom };
  const across = (amount: number): number => margin.left + inner.width * share(x, amount);
  const down = (amount: number): number => margin.top + inner.height * (1 - share(y, amount));
  const path = (points: [number, number][]): string =>
    points.map(([px, py], at) => `${at === 0 ? "M" : "L"}${across(px).toFixed(1)} ${down(py).toFixed(1)}`).join("");
  const nameTop = (place: number): number => {
    const near = dots.slice(0, place).filter(({ at }) => Math.abs(across(at[0]) - across(dots[place].at[0])) < nameWidth);
    return Math.max(...[...near, dots[place]].map(({ at }) => down(at[1]))) + 8 + lineHeight * (1 + near.length);
  };
  return (
    <div ref={ref} className="log-chart" style={{ height }} aria-hidden="true">
      {width > 0 && (
        <svg width={width} height={height}>
          {ticks(x, inner.width / 90).map((amount) => (
            <g key={`x${amount}`}>
              <line className="grid" x1={across(amount)} x2={across(amount)} y1={margin.top} y2={height - margin.bottom} />
              <text x={across(amount)} y={height - margin.bottom + 17} textAnchor="middle">
                {x.shown(amount)}
              </text>
            </g>
          ))}
          {ticks(y, inner.height / 30).map((amount) => (
            <g key={`y${amount}`}>
              <line className="grid" x1={margin.left} x2={width - margin.right} y1={down(amount)} y2={down(amount)} />
              <text x={margin.left - 8} y={down(amount) + 4} textAnchor="end">
                {y.shown(amount)}
              </text>
            </g>
          ))}
          <text x={margin.left + inner.width / 2} y={height - 6} textAnchor="middle">
            {x.name}
          </text>
          <text transform={`translate(12 ${margin.top + inner.height / 2}) rotate(-90)`} textAnchor="middle">
            {y.name}
          </text>
          {lines.map(({ points, look }, place) => (
            <path key={place} className={look} d={path(points)} />
          ))}
          {dots.map(({ at: [px, py], name, look }, place) => (
            <g key={name ?? place}>
              {look === "here" ? (
                <path className="here" d={diamond(across(px), down(py))} />
              ) : (
                <circle className="main" cx={across(px)} cy={down(py)} r={name === undefined ? 3 : 5.5} />
              )}
              {name !== undefined && <DotName name={name} left={across(px)} top={nameTop(place)} right={width} />}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
});

/** A dot's name below it, further down where other dots are near, and turned to the side that has room. */
function DotName({ name, left, top, right }: { name: string; left: number; top: number; right: number }): ReactNode {
  const anchor = left > right - 90 ? "end" : left < margin.left + 60 ? "start" : "middle";
  return (
    <text className="name" x={left} y={top} textAnchor={anchor}>
      {name}
    </text>
  );
}

/** Where an amount lies between the ends of its axis, 0 to 1; what lies beyond stands at the end. */
function share({ min, max }: LogAxis, amount: number): number {
  return Math.min(1, Math.max(0, Math.log(amount / min) / Math.log(max / min)));
}

/** Powers of ten within an axis; with twos and fives between where there is room for them. */
export function ticks({ min, max }: Pick<LogAxis, "min" | "max">, room: number): number[] {
  const within = (steps: number[]): number[] => {
    const found: number[] = [];
    for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++)
      for (const step of steps) {
        const amount = Number(`${step}e${power}`);
        if (amount >= 0.999 * min && amount <= 1.001 * max) found.push(amount);
      }
    return found;
  };
  return [[1, 2, 5], [1, 3], [1]].map(within).find((found) => found.length <= Math.max(2, room)) ?? within([1]);
}

function diamond(left: number, top: number): string {
  return `M${left} ${top - 8}L${left + 8} ${top}L${left} ${top + 8}L${left - 8} ${top}Z`;
}
