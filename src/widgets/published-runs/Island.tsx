import { island } from '../frame/Cell.tsx';
import { Result } from './Result.tsx';
import { publishedRunsSpec } from './spec.ts';

export default island(publishedRunsSpec, Result);
