import { useEffect, useState } from 'preact/hooks';
import { useView } from '../view/view.ts';
import { Icon } from './icon.tsx';

const confirmedMs = 2000;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useView();
  const [copied, setCopied] = useState(false);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const told = (isCopied: boolean) => {
    setCopied(isCopied);
    setRefused(!isCopied);
  };
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => told(true),
            () => told(false),
          )
        }
      >
        <Icon name={copied ? 'check' : 'copy'} size={16} />
        <span role="status">{copied ? t('copied') : label}</span>
      </button>
      {refused && (
        <p class="field-error" role="alert">
          {t('copy_refused')}
        </p>
      )}
    </>
  );
}
