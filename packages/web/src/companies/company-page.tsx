import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ReactNode } from "react";
import type { Company } from "@watershed/domain";
import { useDesk, useShownReview } from "../data/desk.tsx";
import { explainQuery } from "../data/queries.ts";
import { EvidenceOf } from "../evidence/evidence-of.tsx";
import { withSources } from "../evidence/with-sources.ts";
import { useWords } from "../language/language.tsx";
import { Empty, Failed, Loading } from "../shell/states.tsx";
import { Alternatives } from "./alternatives.tsx";
import { AnswersThatMatter } from "./answers-that-matter.tsx";
import { CaseSection } from "./case-section.tsx";
import "./companies.css";
import { Dissent } from "./dissent.tsx";
import { Memo } from "./memo.tsx";
import { PriceSection } from "./price-section.tsx";
import { RecordSection } from "./record-section.tsx";
import { Scorecard } from "./scorecard.tsx";
import { ThresholdSection } from "./threshold-section.tsx";
import { Verdict } from "./verdict.tsx";
import { WhyTrees } from "./why-trees.tsx";

const route = getRouteApi("/w/$workspace/companies/$company");

/** The parts of the page, in the order in which a partner asks. */
export const companyParts = ["decision", "case", "why", "evidence", "record", "memo"] as const;
export type CompanyPart = (typeof companyParts)[number];

/** One company: what to do and why, what its case says, who scored it how, what was decided. */
export function CompanyPage(): ReactNode {
  const { text } = useWords();
  const { company: id } = route.useParams();
  const { part = "decision" } = route.useSearch();
  const { companies } = useDesk();
  const navigate = useNavigate();
  const review = useShownReview();
  const company = companies.get(id);
  useEffect(() => {
    document.querySelector('.company-parts [aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [part]);
  if (!company) return <Empty>{text.companies.unknown}</Empty>;
  const reviewed = review?.companies.find((one) => one.company.id === id);
  const choose = (chosen: string | null): void =>
    void navigate({ to: ".", search: { part: chosen as CompanyPart }, hash: (before) => before ?? "", resetScroll: false });
  return (
    <>
      <Heading company={company} />
      {reviewed ? <Verdict of={reviewed} /> : review ? <NotReviewed id={id} /> : <Loading rows={3} />}
      <Tabs value={part} onChange={choose} keepMounted={false} className="company-parts">
        <Tabs.List aria-label={text.companies.parts}>
          {companyParts.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {text.companies.part[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="decision">
          {reviewed && (
            <div className="stack">
              <Alternatives of={reviewed} />
              <PriceSection company={id} />
              <ThresholdSection company={id} />
              <AnswersThatMatter of={reviewed} />
              <Dissent of={reviewed} />
            </div>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="case">
          <CaseSection company={id} />
        </Tabs.Panel>
        <Tabs.Panel value="why">
          <Why company={id} />
        </Tabs.Panel>
        <Tabs.Panel value="evidence">
          <Scorecard company={company} />
        </Tabs.Panel>
        <Tabs.Panel value="record">
          <RecordSection company={company} />
        </Tabs.Panel>
        <Tabs.Panel value="memo">{reviewed && <Memo of={reviewed} />}</Tabs.Panel>
      </Tabs>
    </>
  );
}

function Heading({ company }: { company: Company }): ReactNode {
  const { text, say } = useWords();
  const { view, workspace } = useDesk();
  const track = workspace.tracks.find(({ id }) => id === company.track);
  return (
    <div className="page-head company-head">
      <div>
        <p className="small">
          <Link to="/w/$workspace" params={{ workspace: view.id }}>
            {text.nav.decisions}
          </Link>
        </p>
        <h1>{say(company.name)}</h1>
        <p className="soft row">
          {say(track?.name)}
          {company.status && <span className="tag">{text.companies.status[company.status]}</span>}
        </p>
        {company.description && <p className="lead">{say(company.description)}</p>}
        <EvidenceOf kind="companies" item={company} about={say(company.name)} ids={company.sources} write={withSources} />
      </div>
    </div>
  );
}

function NotReviewed({ id }: { id: string }): ReactNode {
  const { text } = useWords();
  const reason = useShownReview()?.notAppraised.find(({ company }) => company.id === id)?.reason ?? "noCase";
  return <Empty>{`${text.decisions.notAppraised}${text.state.colon}${text.decisions.reason[reason]}`}</Empty>;
}

function Why({ company }: { company: string }): ReactNode {
  const { text } = useWords();
  const { view } = useDesk();
  const { data, error, refetch } = useQuery(explainQuery(view, company));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading label={text.state.computing} />;
  return data.explanation ? <WhyTrees trees={data.explanation.why} /> : <Empty>{text.companies.nothingComputed}</Empty>;
}
