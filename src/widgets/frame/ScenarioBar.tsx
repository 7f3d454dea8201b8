import { useStore } from '@nanostores/react';
import { useEffect } from 'react';
import { formatQuantity, lowered } from '#format';
import {
  effectiveValues,
  fieldKeys,
  fields,
  resolve,
  SHAPE_FIELDS,
  type FieldKey,
  type Values,
} from '#scenario';
import { $dropped, $patch, dismissDropped, reset, startFromUrl } from '#scenario/store.ts';

function shown(key: FieldKey, values: Values): string {
  const field = fields[key];
  const value = values[key];
  if (field.kind === 'number')
    return formatQuantity({
      value: Number(value),
      unit: field.unit,
      digits: 4,
      ...(field.as && { as: field.as }),
    });
  if (field.kind === 'paste') return 'your own';
  return field.options(values).flatMap((g) => g.options).find((o) => o.value === value)?.label ?? String(value); // prettier-ignore
}

/** What differs from the page's own scenario, and what of the link could not be used. Empty until there is something to say. */
export default function ScenarioBar({ preset, title }: { readonly preset: string; readonly title: string }) {
  const patch = useStore($patch, { ssr: 'initial' });
  const dropped = useStore($dropped, { ssr: 'initial' });
  useEffect(() => startFromUrl(preset), [preset]);
  const was = effectiveValues(preset, {});
  const now = effectiveValues(preset, patch);
  const follows = resolve(preset, patch).ok;
  // The dozen numbers of another model's shape go without saying; those that the reader changed do not.
  const silent = (key: FieldKey): boolean =>
    key === 'shape' || ((SHAPE_FIELDS as readonly FieldKey[]).includes(key) && !(key in patch));
  const changed = follows ? fieldKeys.filter((key) => !silent(key) && now[key] !== was[key]) : [];
  return (
    <div className="scenario-bar" data-print-keep>
      <div role="status">
        {dropped.length > 0 && (
          <div className="scenario-notice">
            <p>
              Part of this link could not be used, so the page shows its own values there.{' '}
              {dropped.slice(0, 4).join(' ')}
              {dropped.length > 4 && ` And ${dropped.length - 4} more.`}
            </p>
            <button type="button" onClick={dismissDropped}>
              Dismiss
            </button>
          </div>
        )}
      </div>
      {changed.length > 0 && (
        <div className="scenario-changes" role="region" aria-label="Changed values">
          <p>
            <span className="scenario-what">Changed from {title}: </span>
            {changed.map((key, i) => (
              <span key={key} className="scenario-change">
                {i > 0 && ', '}
                {lowered(fields[key].label)} <strong>{shown(key, now)}</strong>
                <span className="scenario-was"> (was {shown(key, was)})</span>
              </span>
            ))}
          </p>
          <button type="button" onClick={() => reset()}>
            Reset all
          </button>
        </div>
      )}
    </div>
  );
}
