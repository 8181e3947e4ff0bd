import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { overWorker } from "../data/worker-asking.ts";
import type { Catalogue, FrontierPoint, LabAnswers, LabAsked, RunView, StepView } from "./lab-answer.ts";
import type { LabSetting } from "./setting.ts";

interface LabWorker {
  ask: <A extends LabAsked>(asked: A) => Promise<LabAnswers[A["ask"]]>;
  close: () => void;
}

function startLab(): LabWorker {
  return overWorker(new Worker(new URL("./lab-worker.ts", import.meta.url), { type: "module" })) as LabWorker;
}

export interface LabFigures {
  step?: StepView;
  run?: RunView;
  frontier?: FrontierPoint[];
  failure?: Error;
  /** The settings that the step and the run are of: while a newer one is worked out they are older than what is chosen. */
  stepOf?: LabSetting;
  runOf?: LabSetting;
}

/** Whether all figures are those of this setting. */
export function areOf({ stepOf, runOf }: LabFigures, setting: LabSetting): boolean {
  return stepOf === setting && runOf === setting;
}

export const frontierChips = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 98_304];

/**
 * The figures of a setting, following it as it changes: the step at once from a worker of its own, then the whole training and the frontier from
 * another, each always for the newest setting when it is free. `ask` starts them before the page is drawn anew with the setting.
 */
export function useLabFigures(setting: LabSetting): { figures: LabFigures; ask: (setting: LabSetting) => void } {
  const [figures, set] = useState<LabFigures>({});
  const ask = useFollowers(set);
  useEffect(() => ask(setting), [ask, setting]);
  return { figures, ask };
}

/** Chips and published AI models to choose from. */
export function useCatalogue(): { catalogue?: Catalogue; error: Error | null } {
  const { data, error } = useQuery({
    queryKey: ["lab", "catalogue"],
    queryFn: async () => {
      const worker = startLab();
      try {
        return await worker.ask({ ask: "catalogue" });
      } finally {
        worker.close();
      }
    },
    staleTime: Infinity,
  });
  return { catalogue: data, error };
}

type Change = (change: (before: LabFigures) => LabFigures) => void;

function useFollowers(set: Change): (setting: LabSetting) => void {
  const follow = useRef<(setting: LabSetting) => void>(() => {});
  useEffect(() => {
    const workers = [startLab(), startLab()];
    let gone = false;
    const put = (change: Partial<LabFigures>): void => {
      if (!gone) set((before) => ({ ...before, failure: undefined, ...change }));
    };
    const fail = (failure: unknown): void => put({ failure: failure instanceof Error ? failure : new Error(String(failure)) });
    let frontierOf = "";
    const followRun = latest(async (setting, isNewest) => {
      put({ run: await workers[1].ask({ ask: "run", setting }), runOf: setting });
      const rest = JSON.stringify({ ...setting, chips: 0 });
      if (!isNewest() || rest === frontierOf) return;
      put({ frontier: await workers[1].ask({ ask: "frontier", setting, chips: frontierChips }) });
      frontierOf = rest;
    }, fail);
    const followStep = latest(async (setting) => {
      put({ step: await workers[0].ask({ ask: "step", setting }), stepOf: setting });
      followRun(setting);
    }, fail);
    let asked: LabSetting | undefined; // by the event already, when the page is drawn with it
    follow.current = (setting) => {
      if (setting !== asked) followStep((asked = setting));
    };
    return () => {
      gone = true;
      for (const worker of workers) worker.close();
    };
  }, [set]);
  return useCallback((setting: LabSetting) => follow.current(setting), []);
}

/** Works on one setting at a time; of those that come meanwhile only the last is kept. */
export function latest(
  work: (setting: LabSetting, isNewest: () => boolean) => Promise<void>,
  fail: (error: unknown) => void,
): (setting: LabSetting) => void {
  let next: LabSetting | undefined;
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    while (next) {
      const setting = next;
      next = undefined;
      try {
        await work(setting, () => next === undefined);
      } catch (error) {
        fail(error);
      }
    }
    running = false;
  };
  return (setting) => {
    next = setting;
    if (!running) void run();
  };
}
