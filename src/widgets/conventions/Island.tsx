import { island } from '../frame/Cell.tsx';
import { Result } from './Result.tsx';
import { conventionsSpec } from './spec.ts';

export default island(conventionsSpec, Result);
