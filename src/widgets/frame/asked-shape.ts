import { checkModel, failed, ok, type Model, type Outcome } from '#estimator';
import { whole } from '#format';
import { baseModel, encodeShape, shapeWith, type Scenario } from '#scenario';

/** The model that the chapter on counting asks about: the chosen one with the reader's numbers in its shape. */
export interface AskedShape {
  readonly name: string;
  readonly shape: Model;
  /** Numbers that had to move so that they fit each other, as a sentence; empty where none had to. */
  readonly moved: string;
}

/** The shape of the question; its sequence stays the model's own, the page's is `scenario.data.sequence`. */
export function askedShape({ values }: Scenario): Outcome<AskedShape> {
  const base = baseModel(values.model, values.shape);
  if (!base)
    return failed({ code: 'shape-unknown', path: 'model', message: 'There is no shape to take apart.' });
  const { shape, changed } = shapeWith(base.shape, values);
  const issues = checkModel(shape);
  if (issues.length > 0) return failed(...issues.map((issue) => ({ ...issue, path: 'model' })));
  const own = encodeShape(shape) !== encodeShape(base.shape);
  return ok({
    name: own ? `${base.name}, changed` : base.name,
    shape,
    moved:
      changed.length > 0
        ? `As asked the numbers do not fit each other (${changed.map(({ rule }) => rule).join('; ')}): counted with ${changed.map(({ name, to }) => `${whole(to)} ${name}`).join(', ')}.`
        : '',
  });
}
