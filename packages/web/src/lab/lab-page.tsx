import { Button } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useWords } from "../language/language.tsx";
import { useNotices } from "../shell/notices.tsx";
import { Failed, Loading } from "../shell/states.tsx";
import { AcrossSection } from "./across-section.tsx";
import { Attach } from "./attach.tsx";
import { Controls } from "./controls.tsx";
import { Headline } from "./headline.tsx";
import "./lab.css";
import { FrontierSection, RooflineSection } from "./lab-charts.tsx";
import { LabProblems, PlanSection } from "./plan-section.tsx";
import { CostSection, FailuresSection, SitesSection } from "./run-sections.tsx";
import { addressOf, firstSetting, searchOf, settingOf } from "./setting.ts";
import type { ChangeSetting, LabSetting } from "./setting.ts";
import { MemorySection, StepSection } from "./step-section.tsx";
import { areOf, useCatalogue, useLabFigures } from "./use-lab.ts";
import type { LabFigures } from "./use-lab.ts";
import { useLabFigureWords, useLabWords } from "./words.ts";

/** Can this team train what it promises: one training run, every figure with its band, following the hand. */
export function LabPage(): ReactNode {
  const text = useLabWords();
  const [setting, set] = useSetting();
  const { figures, ask } = useLabFigures(setting);
  const { catalogue, error } = useCatalogue();
  const newest = useRef(setting);
  useEffect(() => void (newest.current = setting), [setting]);
  const change: ChangeSetting = useCallback(
    (part) => {
      const before = newest.current;
      newest.current = { ...before, ...(typeof part === "function" ? part(before) : part) };
      ask(newest.current);
      set(newest.current);
    },
    [set, ask],
  );
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        <p className="soft">{text.lead}</p>
      </div>
      {error && <Failed error={error} />}
      {!catalogue && !error && <Loading rows={8} />}
      {catalogue && (
        <div className="lab">
          <Controls setting={setting} change={change} catalogue={catalogue} />
          <div className="stack" aria-busy={!areOf(figures, setting)}>
            <Bar setting={setting} figures={figures} reset={() => change(firstSetting)} />
            <Results setting={setting} figures={figures} />
          </div>
        </div>
      )}
    </>
  );
}

const route = getRouteApi("/w/$workspace/lab");

/** The setting, kept in the address once the hand rests. */
function useSetting(): [LabSetting, (setting: LabSetting) => void] {
  const search = route.useSearch();
  const navigate = useNavigate();
  const [setting, set] = useState(() => settingOf(search));
  const written = useRef(JSON.stringify(search));
  useEffect(() => {
    const next = searchOf(setting);
    const timer = setTimeout(() => {
      written.current = JSON.stringify(next);
      void navigate({ to: ".", search: next, replace: true, resetScroll: false });
    }, 300);
    return () => clearTimeout(timer);
  }, [setting, navigate]);
  useEffect(() => {
    // Another address than the one written here: somebody followed a link.
    if (JSON.stringify(search) !== written.current) set(settingOf(search));
    written.current = JSON.stringify(search);
  }, [search]);
  return [setting, set];
}

function Bar({ setting, figures, reset }: { setting: LabSetting; figures: LabFigures; reset: () => void }): ReactNode {
  const text = useLabWords();
  const words = useLabFigureWords();
  const { canWrite } = useDesk();
  const { tell } = useNotices();
  const [attaching, attach] = useState(false);
  const { step, run } = figures;
  const share = async (): Promise<void> => {
    await navigator.clipboard.writeText(addressOf(setting, location));
    tell(text.shared);
  };
  return (
    <div className="row between lab-bar">
      <p className="small soft" role="status" aria-live="off">
        {run && text.key(run.key)}
        {step?.parameters && ` · ${text.parameters(words.large(step.parameters.total), words.large(step.parameters.active))}`}
      </p>
      <div className="row">
        <Button size="xs" variant="subtle" onClick={reset}>
          {text.reset}
        </Button>
        <Button size="xs" variant="default" onClick={() => void share()}>
          {text.share}
        </Button>
        {canWrite && (
          <Button size="xs" disabled={!run?.days || !areOf(figures, setting)} onClick={() => attach(true)}>
            {text.attach}
          </Button>
        )}
      </div>
      {attaching && <Attach setting={setting} figures={figures} close={() => attach(false)} />}
    </div>
  );
}

function Results({ setting, figures }: { setting: LabSetting; figures: LabFigures }): ReactNode {
  const { text } = useWords();
  const labText = useLabWords();
  const { step, run, frontier, failure } = figures;
  const here = useMemo(() => (run?.days ? { chips: setting.chips, days: run.days } : undefined), [run, setting.chips]);
  if (failure) return <Failed error={failure} />;
  if (!step) return <Loading rows={6} label={text.state.loading} />;
  const { prediction, problems } = step;
  if (!prediction) return <LabProblems problems={problems} />;
  return (
    <>
      <Headline figures={figures} setting={setting} />
      <div className="lab-cards">
        <div className="stack">
          <StepSection of={prediction} />
          {frontier && frontier.length > 0 && <FrontierSection points={frontier} here={here} />}
          {run && <FailuresSection of={run} />}
        </div>
        <div className="stack">
          <MemorySection of={prediction} mayFit={step.mayFit ?? false} />
          {step.roofline && <RooflineSection of={step.roofline} />}
          {run && <CostSection of={run} />}
        </div>
      </div>
      {run && <SitesSection of={run} setting={setting} />}
      {run?.across && <AcrossSection of={run.across} />}
      <PlanSection of={prediction} />
      {run && <p className="small soft">{labText.follows(step.milliseconds.toFixed(0), run.milliseconds.toFixed(0))}</p>}
      <LabProblems problems={[...problems, ...prediction.problems, ...(run?.problems ?? [])]} />
    </>
  );
}
