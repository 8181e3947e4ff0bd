import { answerIn } from "../data/worker-asking.ts";
import { labAnswer } from "./lab-answer.ts";
import type { LabAsked } from "./lab-answer.ts";

answerIn<LabAsked>(self, labAnswer);
