import { lazily } from '../view/lazily.tsx';
import type { OverrideFormProps } from './override-form.tsx';

/** Loaded on demand, since few calls are outside sales hours. */
export const LazyOverrideForm = lazily<OverrideFormProps>(() => import('./override-form.tsx'));
