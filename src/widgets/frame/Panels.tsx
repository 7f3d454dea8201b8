import { DataTable } from '#charts';
import type { View } from './types.ts';

/** The chart as rows, and the code that reproduces the answer: what of the panels follows the reader's numbers. */
export function Panels({ title, view }: { readonly title: string; readonly view: View }) {
  return (
    <>
      <details>
        <summary>As a table</summary>
        <div className="cell-panel">
          <DataTable table={view.table} />
        </div>
      </details>
      <details>
        <summary>The code</summary>
        <div className="cell-panel">
          <p>With the package in your checkout, Node runs this as it stands:</p>
          <pre className="cell-code" tabIndex={0} aria-label={`Code: ${title}`}>
            <code>{view.code}</code>
          </pre>
        </div>
      </details>
    </>
  );
}
