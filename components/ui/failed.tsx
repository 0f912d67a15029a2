import type { Failure } from '../../utils/reply.ts';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';
import { Notice } from './notice.tsx';

interface FailedProps {
  /** `warn`: what was read before is still shown. */
  tone?: 'bad' | 'warn';
  failure: Failure;
  retry(): void;
}

/** What failed, with a button to try again. */
export function Failed({ tone = 'bad', failure, retry }: FailedProps) {
  const { t } = useView();
  return (
    <Notice tone={tone} action={{ label: t('retry'), run: retry }}>
      {failureText(t, failure)}
    </Notice>
  );
}
