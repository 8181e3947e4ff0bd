import { answerIn } from "../data/worker-asking.ts";
import { answer } from "./answer.ts";
import type { Asked } from "./answer.ts";

/** The worker of the page: every question that the page computes for itself is answered here, away from the hand that drags. */
answerIn<Asked>(self, answer);
