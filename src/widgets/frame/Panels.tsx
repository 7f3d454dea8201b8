import type { ReactNode } from 'react';
import { DataTable } from '#charts';
import type { View } from './types.ts';

interface Props {
  readonly spec: { readonly id: string; readonly title: string };
  readonly view: View;
  readonly symbols: ReactNode;
  readonly sources: ReactNode;
}

/** What stands behind the result, one press away and there without JavaScript. */
export function Panels({ spec, view, symbols, sources }: Props) {
  return (
    <div className="cell-panels">
      <details name={`panel-${spec.id}`}>
        <summary>The math</summary>
        <div className="cell-panel">{symbols}</div>
      </details>
      <details name={`panel-${spec.id}`}>
        <summary>As a table</summary>
        <div className="cell-panel">
          <DataTable table={view.table} />
        </div>
      </details>
      <details name={`panel-${spec.id}`}>
        <summary>The code</summary>
        <div className="cell-panel">
          <p>With the package in your checkout, Node runs this as it stands:</p>
          <pre className="cell-code" tabIndex={0} aria-label={`Code: ${spec.title}`}>
            <code>{view.code}</code>
          </pre>
        </div>
      </details>
      <details name={`panel-${spec.id}`}>
        <summary>Assumptions and sources</summary>
        <div className="cell-panel">{sources}</div>
      </details>
    </div>
  );
}
