import { noteReachable } from "./connection.ts";
import type { Conflict, ItemProblem } from "./contract.ts";

interface ErrorBody {
  code: string;
  params: Record<string, string | number | string[]>;
  message: { en: string; zh: string };
  problems?: ItemProblem[];
  conflict?: Conflict;
}

/** What the server refused, or that it could not be reached (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message.en);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }
}

const unreachable: ErrorBody = {
  code: "unreachable",
  params: {},
  message: { en: "The server cannot be reached. What you typed is still here.", zh: "连不上服务器。您输入的内容还在。" },
};

let csrfToken: string | null = null;

/** Keeps the token that every writing request of this session carries. */
export function rememberToken(token: string | null): void {
  csrfToken = token;
}

/** One request of the API; throws an ApiError for everything that is no success. */
export async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await send(method, path, body === undefined ? undefined : JSON.stringify(body), "application/json");
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** Sends bytes as they are: a workspace to import. */
export async function upload<Answer>(path: string, bytes: Blob, type: string): Promise<Answer> {
  return (await (await send("POST", path, bytes, type)).json()) as Answer;
}

async function send(method: string, path: string, body: BodyInit | undefined, type: string): Promise<Response> {
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": type };
  if (method !== "GET" && csrfToken !== null) headers["x-csrf-token"] = csrfToken;
  let response: Response;
  try {
    response = await fetch(`/api${path}`, { method, headers, body, credentials: "same-origin" });
    noteReachable(true);
  } catch (cause) {
    noteReachable(false);
    throw Object.assign(new ApiError(0, unreachable), { cause });
  }
  if (response.ok) return response;
  throw new ApiError(response.status, await errorOf(response));
}

async function errorOf(response: Response): Promise<ErrorBody> {
  try {
    return ((await response.json()) as { error: ErrorBody }).error;
  } catch {
    return {
      code: "failed",
      params: { status: response.status },
      message: { en: `The server answered ${response.status} and said no more.`, zh: `服务器返回了 ${response.status}，没有更多说明。` },
    };
  }
}
