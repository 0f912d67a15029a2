import { useEffect, useState } from 'preact/hooks';
import { useView } from '../view/view.ts';
import { Icon } from './icon.tsx';

const confirmedMs = 2000;

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useView();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), confirmedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button type="button" class="button" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      <span role="status">{copied ? t('copied') : label}</span>
    </button>
  );
}
