import { useId, useMemo } from 'preact/hooks';
import { type Regions, readTyped } from '../../utils/phone/read-typed.ts';
import type { Dialler } from '../call-list/dialler.ts';
import { Icon } from '../ui/icon.tsx';
import { useView } from '../view/view.ts';

export interface CallFoundProps {
  /** Without letters. */
  text: string;
  regions: Regions;
  onDial: Dialler['dial'];
}

/** Calls the number that was searched for; renders nothing unless the text is exactly one. */
export default function CallFound({ text, regions, onDial }: CallFoundProps) {
  const { t } = useView();
  const id = useId();
  const typed = useMemo(() => readTyped(text, regions), [text, regions]);
  if (typed.kind !== 'number') return null;
  const { number, extension, described, renumbered } = typed;
  const notes = [renumbered ? t('dial_renumbered') : '', extension ? t('dial_extension', { extension }) : ''].filter(Boolean);
  return (
    <>
      <button
        type="button"
        class="button call-found"
        aria-describedby={notes.length > 0 ? id : undefined}
        onClick={() => void onDial(number, { extension })}
        data-testid="call-found"
      >
        <Icon name="call" size={18} />
        {t('call_back', { number: described.national })}
      </button>
      {notes.length > 0 && (
        <p id={id} class="stamp" data-testid="call-found-note">
          {notes.join(' ')}
        </p>
      )}
    </>
  );
}
