import { lazily } from '../view/lazily.tsx';
import type { FirstStepsProps } from './first-steps.tsx';

/** Most openings of the popup are not the first. */
export const LazyFirstSteps = lazily<FirstStepsProps>(() => import('./first-steps.tsx'));
