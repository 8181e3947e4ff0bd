import { nameDistance, squeezed } from "./accelerator.ts";
import type { LabProblem } from "./problem.ts";

type Part = "row" | "model" | "chips" | "plan" | "mla" | "encoder";

/** Fields that are read, under all of their names. */
const read: Record<Part, string[]> = {
  row: names("id model aiModel chips cluster plan software software_era notes measured derived stepSeconds step_s"),
  model: names(
    `name layers num_layers hidden hidden_size d_model heads num_heads attention_heads head_dim kv_channels gated_ffn gated swiglu
    ffn ffn_hidden intermediate_size kv_heads query_groups num_query_groups vocab vocab_size seq seq_len sequence_length tied_embeddings
    parallel_block experts num_experts topk top_k experts_per_token dense_layers moe_ffn expert_ffn moe_intermediate_size shared_ffn
    moe_layers mla attention sliding_window mtp_layers encoders`,
  ),
  chips: names(
    `name accelerator chip count chips scale_out_gbit_s_per_chip network_gbit_s scale_up_chips domain_chips scale_up_gb_s oversubscription`,
  ),
  plan: names(
    `tp sp cp pp vpp schedule dp ep etp dispatcher moe_dispatcher routing capacity_factor zero fsdp mbs gbs ga recompute precision dtype gradients optimizer
    overlap compile attention`,
  ),
  mla: names("q_lora q_lora_rank kv_lora kv_lora_rank qk_nope qk_rope v_dim"),
  encoder: names("name layers hidden heads ffn gated_ffn tokens_in tokens_out items_per_sequence trained"),
};

/** Fields that are no part of a prediction, and say so by their name. */
const besides: Record<Part, string[]> = {
  row: names("name group confidence printed stepSource date year url title seed"),
  model: names("arch bench params_total_b params_active_b aliases activation from date year url"),
  chips: names("from date year url"),
  plan: names("sites pods inter_site_km inter_site_latency_ms from"),
  mla: [],
  encoder: [],
};
const remark = /^(_|\/\/|#|\$)|^(comments?|notes?|sources?|remarks?|descriptions?|id)$/i;

/**
 * Fields of a row that nothing reads, each with the known one that is nearest: a warning, for the row can be predicted without them. A row may
 * carry what it likes beside its parts, so that there only what is nearly a field, or is one of a part, is told. Where a plan is no object at all,
 * what it says would be lost: an error.
 */
export function fieldProblems(row: unknown): LabProblem[] {
  if (!isObject(row)) return [];
  const [model, chips] = [row.model ?? row.aiModel, row.chips ?? row.cluster];
  const { mla, encoders } = isObject(model) ? model : {};
  return [
    ...rowProblems(row),
    ...unreadIn("model", model),
    ...unreadIn("mla", mla, "model.mla"),
    ...(Array.isArray(encoders) ? encoders.flatMap((each, index) => unreadIn("encoder", each, `model.encoders[${index}]`)) : []),
    ...unreadIn("chips", chips),
    ...planShape(row.plan),
    ...unreadIn("plan", row.plan),
  ];
}

function rowProblems(row: Record<string, unknown>): LabProblem[] {
  return unread("row", row).flatMap((field) => {
    const part = (["plan", "model", "chips"] as const).find((one) => read[one].some((known) => squeezed(known) === squeezed(field)));
    if (part) return [misspelt(field, field, `${part}.${nearestOf(field, read[part])}`)];
    const nearest = nearestOf(field, read.row);
    return nameDistance(field, nearest) < nearest.length / 2.4 && Math.abs(field.length - nearest.length) < 3
      ? [misspelt(field, field, nearest)]
      : [];
  });
}

function unreadIn(part: Part, given: unknown, place: string = part): LabProblem[] {
  return isObject(given) ? unread(part, given).map((field) => misspelt(`${place}.${field}`, field, nearestOf(field, read[part]))) : [];
}

function unread(part: Part, given: Record<string, unknown>): string[] {
  const known = new Set([...read[part], ...besides[part]]);
  return Object.keys(given).filter(
    (field) => !known.has(field) && !remark.test(field) && given[field] !== null && given[field] !== undefined,
  );
}

function nearestOf(field: string, known: string[]): string {
  return known.toSorted((one, other) => nameDistance(field, one) - nameDistance(field, other))[0];
}

function misspelt(at: string, given: string, nearest: string): LabProblem {
  return { code: "unknownField", severity: "warning", at, params: { given, nearest } };
}

function planShape(plan: unknown): LabProblem[] {
  if (plan === undefined || plan === null || plan === "" || isObject(plan)) return [];
  const params = { given: typeof plan === "string" ? plan : JSON.stringify(plan), nearest: '{ "tp": 8, "pp": 4 }' };
  return [{ code: "wrongShape", severity: "error", at: "plan", params }];
}

function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

function names(list: string): string[] {
  return list.split(/\s+/);
}
