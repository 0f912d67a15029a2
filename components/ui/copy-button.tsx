import { useEffect, useState } from 'preact/hooks';
import { useView } from '../view/view.ts';
import { Icon } from './icon.tsx';

const confirmedMs = 2000;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useView();
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome !== 'copied') return;
    const timer = setTimeout(() => setOutcome(null), confirmedMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setOutcome('copied'),
            () => setOutcome('refused'),
          )
        }
      >
        <Icon name={outcome === 'copied' ? 'check' : 'copy'} size={16} />
        <span role="status">{outcome === 'copied' ? t('copied') : label}</span>
      </button>
      {outcome === 'refused' && (
        <p class="field-error" role="alert">
          {t('copy_refused')}
        </p>
      )}
    </>
  );
}
