import type { WidgetSpec } from '../frame/types.ts';
import { shapeOf } from '../step/question.ts';
import { view, type LedgerView } from './view.ts';

export const bytesLedgerSpec: WidgetSpec<LedgerView> = {
  id: 'bytes-ledger',
  title: 'How many bytes is a parameter?',
  fields: [
    'ledgerRow',
    'model',
    'parameters',
    'gpus',
    'stepTensor',
    'stepPipeline',
    'ledgerTrained',
    'ledgerFamily',
    'ledgerOrder',
  ],
  // N is of the parameters that a token visits: of experts it does not say how many are held.
  hides: (values) => (shapeOf(values)?.moe ? ['parameters'] : []),
  view,
};
