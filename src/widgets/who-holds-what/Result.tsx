import { useEffect, useRef, useState } from 'react';
import { Legend, percent } from '#charts';
import { formatQuantity } from '#format';
import { island } from '../frame/Cell.tsx';
import { sentenceText } from '../frame/Sentence.tsx';
import type { ResultProps } from '../frame/types.ts';
import { useMounted } from '../frame/useMounted.ts';
import { Drawing } from './Drawing.tsx';
import { KINDS } from './kinds.ts';
import { whoHoldsWhatSpec } from './spec.ts';
import type { HoldsView, Scheme } from './view.ts';

/** Milliseconds that a moment stands while the step is played. */
const PAUSE = 900;

/** Goes from moment to moment until the last. Who asks for less motion is shown no button for it. */
function usePlay(at: number, last: number, go: (to: number) => void) {
  const [playing, setPlaying] = useState(false);
  const next = useRef(go);
  useEffect(() => {
    next.current = go;
  });
  const running = playing && at < last;
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => {
      // At the end it is over: a reader who goes back does not start it again.
      if (at + 1 >= last) setPlaying(false);
      next.current(at + 1);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [running, at, last]);
  return { running, setPlaying };
}

/** The buttons stand, unseen, before anything can press them: the row breaks once and for all. */
function Steps({ view, go }: { readonly view: HoldsView; readonly go: (to: number) => void }) {
  const { at, last, place } = view;
  const mounted = useMounted();
  const { running, setPlaying } = usePlay(at, last, go);
  const step = (to: number): void => {
    setPlaying(false);
    go(to);
  };
  const play = (): void => {
    if (running) return setPlaying(false);
    if (at === last) go(0);
    setPlaying(true);
  };
  return (
    <p className="hold-steps">
      <button
        type="button"
        onClick={() => step(Math.max(0, at - 1))}
        disabled={!mounted}
        aria-disabled={at === 0}
      >
        Back
      </button>
      <button
        type="button"
        onClick={() => step(Math.min(last, at + 1))}
        disabled={!mounted}
        aria-disabled={at === last}
      >
        Next
      </button>
      <button type="button" className="hold-play" onClick={play} disabled={!mounted}>
        {running ? 'Stop' : 'Play'}
      </button>
      <span>
        {`${at} of ${last}: `}
        <b>{place}</b>
      </span>
    </p>
  );
}

const show = (value: number): string => formatQuantity({ value, unit: 'B' });
/** What a GPU holds, in the unit that its driver counts in. */
const held = (value: number): string => formatQuantity({ value, unit: 'B', as: 'GiB' });

/** What one GPU holds at this moment under every scheme, on one scale, and what it sends in the step. */
function SchemeRow({ scheme, most }: { readonly scheme: Scheme; readonly most: number }) {
  return (
    <li data-chosen={scheme.chosen || undefined}>
      <b>{scheme.name}</b>
      <span className="hold-bar" aria-hidden="true">
        {KINDS.map(({ name, color }) => (
          <i key={name} style={{ width: percent(scheme.bytes[name] / most), background: color }} />
        ))}
      </span>
      <span>{`holds ${held(scheme.bytes.total)}`}</span>
      <span>{`sends ${show(scheme.sent)}`}</span>
    </li>
  );
}

/** One moment of the step on every GPU, buttons to go on, and the other schemes at the same moment. */
function Result({ view, onMove }: ResultProps<HoldsView>) {
  const { moment, ranks, schemes, most } = view;
  const go = (to: number): void => onMove({ holdMoment: to });
  return (
    <>
      <Steps view={view} go={go} />
      <Legend entries={KINDS} />
      <Drawing moment={moment} ranks={ranks} label={sentenceText(view)} />
      <p className="hold-say">
        Faint: gradients of a GPU’s own sequences only. Below, one GPU under each scheme: what it holds now,
        what it sends in the step.
      </p>
      <ul className="hold-schemes" aria-label="The four schemes at this moment">
        {schemes.map((scheme) => (
          <SchemeRow key={scheme.stage} scheme={scheme} most={most} />
        ))}
      </ul>
    </>
  );
}

export default island(whoHoldsWhatSpec, Result);
