import type { AiModel, Encoder, Experts, LatentAttention } from "./ai-model.ts";
import type { LabProblem } from "./problem.ts";
import { aiModelNamed, nearestAiModels } from "./presets.ts";
import { FieldReader } from "./read-fields.ts";

/** The AI model of a row: its own dimensions, filled up from the published model of that name where it lacks any. */
export function readAiModel(row: unknown): { aiModel?: AiModel; problems: LabProblem[] } {
  const given = typeof row === "string" ? { name: row } : row;
  const name = new FieldReader(given, "model").text("name");
  const known = name === undefined ? undefined : aiModelNamed(name);
  const fields = new FieldReader(withKnown(given, known), "model");
  if (known === undefined && name !== undefined && fields.raw("hidden", "layers") === undefined)
    fields.tell("unknownName", "name", { given: name, nearest: nearestAiModels(name).join(", ") });
  const [layers, hidden] = [needed(fields, "layers", "num_layers"), needed(fields, "hidden", "hidden_size", "d_model")];
  if (layers === undefined || hidden === undefined) return { problems: fields.problems };
  const aiModel = dimensions(fields, name ?? "", layers, hidden);
  return fields.problems.some(({ severity }) => severity === "error")
    ? { problems: fields.problems }
    : { aiModel, problems: fields.problems };
}

/** A row's own values stand before those of the published model of that name. */
function withKnown(given: unknown, known: Record<string, unknown> | undefined): Record<string, unknown> {
  const own = Object.entries((given ?? {}) as Record<string, unknown>).filter(([, amount]) => amount !== null && amount !== undefined);
  return { ...known, ...Object.fromEntries(own) };
}

function needed(fields: FieldReader, ...names: string[]): number | undefined {
  if (fields.raw(...names) === undefined) fields.tell("missing", names[0]);
  return fields.whole(...names);
}

function dimensions(fields: FieldReader, name: string, layers: number, hidden: number): AiModel {
  const heads = fields.whole("heads", "num_heads", "attention_heads") ?? assume(fields, "heads", Math.max(1, Math.round(hidden / 128)));
  const headDimension = fields.whole("head_dim", "kv_channels") ?? Math.max(1, Math.round(hidden / heads));
  const gated = fields.flag("gated_ffn", "gated", "swiglu");
  const experts = readExperts(fields, layers);
  const feedForward = fields.whole("ffn", "ffn_hidden", "intermediate_size") ?? experts?.feedForward ?? assume(fields, "ffn", 4 * hidden);
  return {
    name,
    layers,
    hidden,
    heads,
    keyValueHeads: fields.whole("kv_heads", "query_groups", "num_query_groups") ?? heads,
    headDimension,
    feedForward,
    gatedFeedForward: gated ?? feedForward < 3.6 * hidden,
    vocabulary: fields.whole("vocab", "vocab_size") ?? assume(fields, "vocab", 51_200),
    sequenceLength: fields.whole("seq", "seq_len", "sequence_length") ?? assume(fields, "seq", 4096),
    tiedEmbeddings: fields.flag("tied_embeddings") ?? false,
    parallelBlock: fields.flag("parallel_block") ?? false,
    experts,
    latentAttention: readLatentAttention(fields),
    slidingWindow: readWindow(fields),
    multiTokenLayers: fields.wholeOrZero("mtp_layers") ?? 0,
    encoders: readEncoders(fields),
  };
}

function assume(fields: FieldReader, field: string, amount: number): number {
  fields.tell("assumed", field, { taken: amount }, "note");
  return amount;
}

function readExperts(fields: FieldReader, layers: number): Experts | null {
  const count = fields.wholeOrZero("experts", "num_experts") ?? 0;
  if (count <= 1) return null;
  const perToken = fields.whole("topk", "top_k", "experts_per_token") ?? assume(fields, "topk", Math.min(2, count));
  if (perToken > count) fields.tell("doesNotDivide", "topk", { given: perToken, rule: "topkWithinExperts", of: count, nearest: count });
  const dense = layersWithin(fields, "dense_layers", layers) ?? 0;
  const feedForward = fields.whole("moe_ffn", "expert_ffn", "moe_intermediate_size") ?? fields.whole("ffn");
  if (feedForward === undefined) fields.tell("missing", "moe_ffn");
  return {
    count,
    perToken,
    feedForward: feedForward ?? 1,
    sharedFeedForward: fields.wholeOrZero("shared_ffn") ?? 0,
    layers: layersWithin(fields, "moe_layers", layers) ?? layers - dense,
  };
}

/** A number of layers of one kind, of which there are no more than layers. */
function layersWithin(fields: FieldReader, name: string, layers: number): number | undefined {
  const given = fields.wholeOrZero(name);
  if (given === undefined || given <= layers) return given;
  fields.tell("doesNotDivide", name, { given, rule: "layers", of: layers, nearest: layers });
  return layers;
}

function readLatentAttention(model: FieldReader): LatentAttention | null {
  const row = model.raw("mla");
  if (row === undefined || isNone(row)) return null;
  const fields = part(model, "mla", row, '{ "q_lora": 1536, "kv_lora": 512 }');
  const read = {
    queryRank: fields.wholeOrZero("q_lora", "q_lora_rank") ?? 0,
    keyValueRank: fields.whole("kv_lora", "kv_lora_rank") ?? 512,
    headWithoutPosition: fields.whole("qk_nope") ?? 128,
    headWithPosition: fields.whole("qk_rope") ?? 64,
    valueHead: fields.whole("v_dim") ?? 128,
  };
  model.problems.push(...fields.problems);
  return read;
}

/** A part of a model's description; one that is no object is told with an example of what would do. */
function part(model: FieldReader, field: string, row: unknown, example: string): FieldReader {
  if (typeof row !== "object" || row === null || Array.isArray(row))
    model.tell("wrongShape", field, { given: typeof row === "string" ? row : JSON.stringify(row), nearest: example });
  return new FieldReader(row, `model.${field}`);
}

function isNone(given: unknown): boolean {
  return given === false || /^(none|no|false|0)$/i.test(String(given));
}

/** "alternating sliding window 128 / full": half of the layers look back 128 tokens. */
function readWindow(fields: FieldReader): AiModel["slidingWindow"] {
  const words = fields.text("attention") ?? "";
  const plain = isNone(fields.raw("sliding_window")) ? undefined : fields.whole("sliding_window");
  const tokens = Number(/window\D*(\d+)/i.exec(words)?.[1] ?? plain ?? 0);
  if (!(tokens > 0)) return null;
  return { tokens, share: /alternat|full|every other/i.test(words) ? 0.5 : 1 };
}

const encoderExample = '{ "layers": 32, "hidden": 1280 }';

function readEncoders(model: FieldReader): Encoder[] {
  const rows = model.raw("encoders");
  if (rows === undefined || isNone(rows)) return [];
  if (Array.isArray(rows)) return rows.map((row: unknown, index) => readEncoder(model, row, `encoders[${index}]`));
  model.tell("wrongShape", "encoders", { given: typeof rows === "string" ? rows : JSON.stringify(rows), nearest: `[${encoderExample}]` });
  return [];
}

function readEncoder(model: FieldReader, row: unknown, place: string): Encoder {
  const fields = part(model, place, row, encoderExample);
  const hidden = fields.whole("hidden") ?? 1280;
  const read = {
    name: fields.text("name") ?? "encoder",
    layers: fields.whole("layers") ?? 32,
    hidden,
    heads: fields.whole("heads") ?? Math.max(1, Math.round(hidden / 80)),
    feedForward: fields.whole("ffn") ?? 4 * hidden,
    gatedFeedForward: fields.flag("gated_ffn") ?? false,
    tokensIn: fields.whole("tokens_in") ?? 1024,
    tokensOut: fields.whole("tokens_out") ?? 256,
    itemsPerSequence: fields.positive("items_per_sequence") ?? 1,
    trained: fields.flag("trained") ?? true,
  };
  model.problems.push(...fields.problems);
  return read;
}
