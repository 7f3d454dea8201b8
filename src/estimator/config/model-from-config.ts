import { checkModel } from '../check-model.ts';
import { failed, ok, type Issue, type Outcome } from '../issues.ts';
import type { Model } from '../types.ts';
import * as gpt from './gpt-families.ts';
import * as line from './llama-families.ts';
import * as moe from './moe-families.ts';
import { parseJson } from './parse-json.ts';
import { configReader, isJsonObject, type ConfigReader, type Json } from './reader.ts';

/** `model_type` of a config.json to the function that reads it. To add an architecture, add a line. */
const FAMILIES: Readonly<Record<string, (read: ConfigReader) => Model>> = {
  llama: line.llama,
  granite: line.llama,
  smollm3: line.smollm3,
  mistral: line.mistral,
  phi3: line.phi3,
  qwen2: line.qwen2,
  qwen3: line.qwen3,
  gemma: line.gemma,
  gemma2: line.gemma2,
  gemma3_text: line.gemma3,
  olmo: line.olmo,
  olmo2: line.olmo2,
  gpt2: gpt.gpt2,
  gpt_bigcode: gpt.gptBigcode,
  gpt_neox: gpt.gptNeox,
  gptj: gpt.gptj,
  phi: gpt.phi,
  opt: gpt.opt,
  bloom: gpt.bloom,
  falcon: gpt.falcon,
  starcoder2: gpt.starcoder2,
  nemotron: gpt.nemotron,
  mixtral: moe.mixtral,
  qwen2_moe: moe.qwen2Moe,
  qwen3_moe: moe.qwen3Moe,
  olmoe: moe.olmoe,
  deepseek_v2: moe.deepseekV2,
  deepseek_v3: moe.deepseekV3,
  kimi_k2: moe.deepseekV3,
  gpt_oss: moe.gptOss,
};

/** The `model_type` values that {@link modelFromConfig} understands. */
export const SUPPORTED_ARCHITECTURES: readonly string[] = Object.keys(FAMILIES);

const fault = (issue: Issue): Outcome<never> => failed(issue);

/** A config that wraps a text model beside a vision tower: the text model is what is counted. */
function textPart(json: Json): Json {
  const type = json.model_type;
  const inner = json.text_config;
  if (!isJsonObject(inner)) return json;
  return { ...inner, model_type: inner.model_type ?? (type === 'gemma3' ? 'gemma3_text' : type) };
}

function read(json: Json): Outcome<Model> {
  const type = json.model_type;
  if (type === undefined || type === null) {
    return fault({
      code: 'missing',
      path: 'model_type',
      message: 'The config has no "model_type", which says how to read it.',
    });
  }
  const family = typeof type === 'string' && Object.hasOwn(FAMILIES, type) ? FAMILIES[type] : undefined;
  if (!family) {
    return fault({
      code: 'unsupported-architecture',
      path: 'model_type',
      message: `${JSON.stringify(type).slice(0, 60)} is not an architecture that can be read. These can: ${SUPPORTED_ARCHITECTURES.join(', ')}.`,
    });
  }
  const reader = configReader(json);
  const model = family(reader);
  if (reader.issues.length > 0) return failed(...unique(reader.issues));
  const issues = checkModel(model);
  return issues.length > 0 ? failed(...issues) : ok(model);
}

/** A field that two parts of a family read is reported once. */
function unique(issues: readonly Issue[]): Issue[] {
  return issues.filter((issue, i) => issues.findIndex((other) => other.path === issue.path) === i);
}

/**
 * Reads a model's shape from a Hugging Face config.json.
 *
 * Ties, biases and head widths that the file leaves out are the defaults of the architecture's class in transformers;
 * sizes are never guessed. `sequence` is the longest context that the file allows; pre-training often used a shorter
 * one, so ask for it before counting attention. Quantisation, adapters, vision towers and multi-token-prediction modules are not counted.
 *
 * @param json the parsed file, or its text
 * @returns the shape, or Issues: the place of a syntax error, the field that is missing or wrong, or the list of
 *   architectures understood. Never throws, whatever is pasted
 * @source huggingface/transformers, src/transformers/models, configuration and modelling files of each `model_type`
 */
export function modelFromConfig(json: unknown): Outcome<Model> {
  if (typeof json === 'string') {
    const parsed = parseJson(json);
    // Text that holds a JSON string is a string again: not a config.
    return parsed.ok ? fromObject(parsed.value) : parsed;
  }
  return fromObject(json);
}

function fromObject(json: unknown): Outcome<Model> {
  return isJsonObject(json)
    ? read(textPart(json))
    : fault({ code: 'not-json', path: 'config', message: 'A config.json is an object in braces.' });
}
