import { island } from '../frame/Cell.tsx';
import { Result } from './Result.tsx';
import { timeToTrainSpec } from './spec.ts';

export default island(timeToTrainSpec, Result);
