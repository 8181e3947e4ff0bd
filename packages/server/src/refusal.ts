import type { ContentfulStatusCode } from "hono/utils/http-status";
import { refusals } from "./wording/refusals.ts";
import type { RefusalCode } from "./wording/refusals.ts";

const statuses: Record<RefusalCode, ContentfulStatusCode> = {
  notSignedIn: 401,
  signInFailed: 401,
  linkSpent: 401,
  invitationUnknown: 404,
  alreadyMember: 409,
  emailTaken: 409,
  setupClosed: 409,
  setupNotLocal: 403,
  notAllowed: 403,
  inPersonOnly: 403,
  notYours: 403,
  noPerson: 403,
  roleTooHigh: 403,
  csrf: 403,
  wrongHost: 421,
  notFound: 404,
  wrongCall: 400,
  notJson: 415,
  tooLarge: 413,
  conflict: 409,
  unsound: 422,
  exists: 409,
  appendOnly: 405,
  lastPartner: 409,
  tooMany: 429,
  noAnswer: 422,
  badArchive: 422,
  stopping: 503,
  notReady: 503,
  failed: 500,
};

export type RefusalParams = Record<string, string | number | string[]>;

/** A request that is not carried out, and why: thrown anywhere below the routes, told once by the app. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly params: RefusalParams;
  readonly more: { problems?: unknown[]; conflict?: unknown };

  constructor(code: RefusalCode, params: RefusalParams = {}, more: Refusal["more"] = {}) {
    super(code);
    this.code = code;
    this.params = params;
    this.more = more;
  }

  get status(): ContentfulStatusCode {
    return statuses[this.code];
  }

  /** What the caller is sent. */
  toJSON(): { error: { code: RefusalCode; params: RefusalParams; message: { en: string; zh: string } } } {
    const word = refusals[this.code] as (params: RefusalParams) => { en: string; zh: string };
    return { error: { code: this.code, params: this.params, message: word(this.params), ...this.more } };
  }
}
