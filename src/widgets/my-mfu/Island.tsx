import { island } from '../frame/Cell.tsx';
import { Result } from './Result.tsx';
import { myMfuSpec } from './spec.ts';

export default island(myMfuSpec, Result);
