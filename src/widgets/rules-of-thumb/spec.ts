import type { WidgetSpec } from '../frame/types.ts';
import { view, type RulesView } from './view.ts';

export const rulesOfThumbSpec: WidgetSpec<RulesView> = {
  id: 'rules-of-thumb',
  title: 'How wrong is the rule of thumb?',
  fields: [
    'model',
    'kLayers',
    'kHidden',
    'kKeyHeads',
    'kFfn',
    'sequence',
    'attention',
    'kHeads',
    'kHeadDim',
    'kVocab',
    'kAttention',
    'kMlp',
    'kExperts',
    'kTopK',
    'kExpertFfn',
    'shape',
  ],
  folded: {
    label: 'More: heads, vocabulary, the kind of attention and MLP, experts, your config.json',
    fields: [
      'kHeads',
      'kHeadDim',
      'kVocab',
      'kAttention',
      'kMlp',
      'kExperts',
      'kTopK',
      'kExpertFfn',
      'shape',
    ],
  },
  hides: ({ kExperts }) => (kExperts > 0 ? [] : ['kTopK', 'kExpertFfn']),
  view,
};
