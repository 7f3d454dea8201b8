import { models, type ModelRecord } from '#catalog';
import { checkModel, countParameters, type Model } from '#estimator';
import { short } from '#format';
import { decodeShape } from './shape.ts';

/** What a choice of model brings with it. */
export interface BaseModel {
  readonly name: string;
  readonly parameters: number;
  readonly stored: number;
  readonly shape: Model;
}

/** The N of 6ND: what a paper prints, but for experts only those that a token visits. */
function activeParameters({ parameters, shape }: ModelRecord): number {
  return shape.moe ? countParameters(shape).active : parameters;
}

/** The catalogued model, or the reader's own shape; null where that is none, or makes no sense. */
export function baseModel(id: string, shapeText: string): BaseModel | null {
  const record: ModelRecord | undefined = models.find((m) => m.id === id);
  if (record)
    return {
      name: record.name,
      parameters: activeParameters(record),
      stored: record.parameters,
      shape: record.shape,
    };
  const shape = decodeShape(shapeText);
  if (!shape || checkModel(shape).length > 0) return null;
  const { active, total } = countParameters(shape);
  return { name: `your ${short(total)} model`, parameters: active, stored: total, shape };
}
