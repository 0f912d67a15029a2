import { lazily } from '../view/lazily.tsx';
import type { FirstStepsProps } from './first-steps.tsx';

/** Loaded on demand, since most openings of the popup are not the first. */
export const LazyFirstSteps = lazily<FirstStepsProps>(() => import('./first-steps.tsx'));
