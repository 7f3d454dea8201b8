import { FatTree } from '#charts';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { clusterBuilderSpec } from './spec.ts';
import type { BuilderView } from './view.ts';

/** One plane of the fabric as rows of switches, with everything that the first node's ports reach drawn out. */
function Result({ view }: ResultProps<BuilderView>) {
  const { spec, fabric } = view;
  const planes = spec.planes ?? 1;
  return (
    <>
      <FatTree
        label={sentenceText(view)}
        nodes={spec.nodes}
        portsPerNode={spec.portsPerNode}
        leaves={fabric.leaves / planes}
        spines={fabric.spines / planes}
        cores={fabric.cores / planes}
        pods={fabric.pods}
        nodesPerLeaf={
          spec.wiring === 'rails'
            ? fabric.leafDown
            : Math.max(1, Math.floor(fabric.leafDown / spec.portsPerNode))
        }
        rails={spec.wiring === 'rails' && fabric.levels > 1}
        planes={planes}
      />
      <p className="cell-caution cell-note">{view.nearest}</p>
    </>
  );
}

export default island(clusterBuilderSpec, Result);
