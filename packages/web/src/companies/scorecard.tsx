import { Button, Modal, Select, Textarea } from "@mantine/core";
import type { Assessment, Company, Track } from "@watershed/domain";
import { Suspense, lazy, useState } from "react";
import type { ReactNode } from "react";
import { useDesk } from "../data/desk.tsx";
import { useSave } from "../data/save.tsx";
import { EvidenceOf } from "../evidence/evidence-of.tsx";
import { withSources } from "../evidence/with-sources.ts";
import { SourceList } from "../figures/source-list.tsx";
import { useWords } from "../language/language.tsx";
import { Empty, Failed, Illustrative } from "../shell/states.tsx";
import { latestAssessments } from "./assessments.ts";

const TrackForm = lazy(async () => ({ default: (await import("./track-form.tsx")).TrackForm }));

type Criterion = Track["criteria"][number];

/** The criteria of the company's track: who gives which level and why, with the evidence. The levels enter no calculation. */
export function Scorecard({ company }: { company: Company }): ReactNode {
  const { text, say } = useWords();
  const { workspace, view, canWrite } = useDesk();
  const [scored, score] = useState<Criterion | undefined>();
  const [changed, change] = useState<Track | undefined>();
  const track = workspace.tracks.find(({ id }) => id === company.track);
  const given = latestAssessments(workspace.assessments, company.id);
  if (!track) return <Empty>{text.companies.noCriteria}</Empty>;
  return (
    <section className="card stack tight" aria-labelledby="score-title">
      <div className="row between">
        <h2 id="score-title">{text.companies.scorecard}</h2>
        {canWrite && (
          <Button size="compact-sm" variant="default" onClick={() => change(track)}>
            {text.companies.changeCriteria}
          </Button>
        )}
      </div>
      <p className="small soft">{text.companies.scorecardWhy}</p>
      <ul className="plain scorecard">
        {track.criteria.map((criterion) => (
          <li key={criterion.id}>
            <div>
              <h3>{say(criterion.text)}</h3>
              <EvidenceOf
                kind="tracks"
                item={track}
                about={say(criterion.text)}
                ids={criterion.sources}
                write={(before, sources) => withCriterionSources(before, criterion.id, sources)}
              />
            </div>
            <Levels criterion={criterion} given={given.filter((one) => one.criterion === criterion.id)} />
            {canWrite && view.person !== null && (
              <Button size="compact-xs" variant="subtle" onClick={() => score(criterion)}>
                {text.companies.score}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {changed && (
        <Suspense fallback={null}>
          <TrackForm track={changed} close={() => change(undefined)} />
        </Suspense>
      )}
      {scored && <ScoreForm company={company} criterion={scored} person={view.person!} close={() => score(undefined)} />}
    </section>
  );
}

/** The track with other evidence behind one of its criteria. */
function withCriterionSources(track: Track, id: string, sources: string[] | undefined): Track {
  return { ...track, criteria: track.criteria.map((criterion) => (criterion.id === id ? withSources(criterion, sources) : criterion)) };
}

/** Five places from fails to excellent, a mark for each assessor; what each level means is told in words. */
function Levels({ criterion, given }: { criterion: Criterion; given: Assessment[] }): ReactNode {
  const { text, say } = useWords();
  const { workspace } = useDesk();
  const name = (id: string): string => say(workspace.people.find((person) => person.id === id)?.name) || id;
  if (given.length === 0) return <p className="soft small">{text.companies.noScore}</p>;
  const median = given.map(({ level }) => level).sort((one, other) => one - other)[Math.floor((given.length - 1) / 2)];
  return (
    <div className="stack tight">
      <div className="levels" role="img" aria-label={given.map(({ by, level }) => `${name(by)} ${level}`).join(", ")}>
        {[0, 1, 2, 3, 4].map((level) => (
          <span key={level} data-median={level === Math.round(median)}>
            <small>{level}</small>
            {given
              .filter((one) => Math.round(one.level) === level)
              .map(({ by }) => (
                <i key={by} title={name(by)}>
                  {initialOf(name(by))}
                </i>
              ))}
          </span>
        ))}
      </div>
      <p className="small soft">
        {text.companies.median(String(median))} {say(criterion.levels?.[Math.round(median)])}
      </p>
      {given
        .filter(({ reasons, sources }) => reasons || sources?.length)
        .map((one) => (
          <div key={one.by} className="small">
            <b>{name(one.by)}</b> ({one.level}) {one.illustrative && <Illustrative />} {say(one.reasons)}
            <SourceList ids={one.sources} />
          </div>
        ))}
    </div>
  );
}

/** The first letter of the last word: of "The engineer" E. */
function initialOf(name: string): string {
  return name.trim().split(/\s+/).at(-1)!.slice(0, 1).toUpperCase();
}

function ScoreForm({
  company,
  criterion,
  person,
  close,
}: {
  company: Company;
  criterion: Criterion;
  person: string;
  close: () => void;
}): ReactNode {
  const { text, say } = useWords();
  const { workspace } = useDesk();
  const { save, pending, error, dialog } = useSave();
  const [level, choose] = useState<string | null>(null);
  const [reasons, reason] = useState("");
  const submit = async (): Promise<void> => {
    const item: Assessment = {
      company: company.id,
      criterion: criterion.id,
      by: person,
      on: workspace.settings.asOf,
      level: Number(level),
      ...(reasons.trim() ? { reasons: reasons.trim() } : {}),
    };
    if (await save({ kind: "assessments", item })) close();
  };
  const anchors = criterion.levels?.map(say) ?? text.companies.levels;
  return (
    <Modal opened onClose={close} title={say(criterion.text)} closeButtonProps={{ "aria-label": text.state.close }}>
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void submit())}>
        <Select
          label={text.companies.level}
          required
          data={[0, 1, 2, 3, 4].map((one) => ({ value: String(one), label: `${one} · ${anchors[one] ?? text.companies.levels[one]}` }))}
          value={level}
          onChange={choose}
        />
        <Textarea label={text.questions.reasons} autosize minRows={2} value={reasons} onChange={({ target }) => reason(target.value)} />
        {error && <Failed error={error} />}
        <Button type="submit" loading={pending} disabled={level === null}>
          {text.state.save}
        </Button>
      </form>
      {dialog}
    </Modal>
  );
}
