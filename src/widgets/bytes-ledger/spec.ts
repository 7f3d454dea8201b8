import type { WidgetSpec } from '../frame/types.ts';
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
  view,
};
