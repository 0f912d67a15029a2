import { lazily } from '../view/lazily.tsx';
import type { OverrideFormProps } from './override-form.tsx';

/** Few calls are outside sales hours. */
export const LazyOverrideForm = lazily<OverrideFormProps>(() => import('./override-form.tsx'));
