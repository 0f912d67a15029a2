import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { HistoryCall } from '../../relay/contract.ts';
import type { CallListState } from '../call-list/call-list-store.ts';
import styles from '../ui/export-line.css?inline';
import { addStyles } from '../view/add-styles.ts';
import { failureText } from '../view/failure-text.ts';
import { useCloseOnce } from '../view/use-close-once.ts';
import { useFocusBack } from '../view/use-focus-back.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { callTable } from './call-table.ts';
import { createExport } from './export-store.ts';
import { saveCsv } from './save-csv.ts';
import { toCsv } from './to-csv.ts';

addStyles(styles);

export interface ExportLineProps {
  /** The list when the export was last requested; another press while an export is running does not change it. */
  list: CallListState;
  region: string;
  onClose(): void;
}

/** Saves a list as soon as it is mounted and shows the progress; closes by itself once the file is saved. */
export default function ExportLine({ list, region, onClose }: ExportLineProps) {
  const { send, t, format } = useView();
  const box = useRef<HTMLDivElement>(null);
  useFocusBack(box);
  const exporting = useMemo(() => {
    const save = (calls: HistoryCall[]) => {
      saveCsv(`dialside-${format.dayKey(Date.now())}.csv`, toCsv(callTable(calls, t, format, region)));
    };
    return createExport(send, save);
  }, [send, t, format, region]);
  const { phase, count, failure } = useStore(exporting.store);
  useEffect(() => void exporting.run(list), [exporting, list]);
  useEffect(() => exporting.cancel, [exporting]);
  useCloseOnce(phase === 'saved', onClose);

  const key = phase === 'saved' ? 'export_saved' : 'export_reading';
  return (
    <div ref={box} class={`export-line export-${phase}`} data-testid="export-line">
      <p role={phase === 'failed' ? 'alert' : 'status'}>
        {failure ? failureText(t, failure) : t(key, { count: format.count(count) })}
      </p>
      <button type="button" class="button button-quiet" onClick={onClose} data-testid="export-cancel">
        {t(phase === 'reading' ? 'cancel' : 'close')}
      </button>
    </div>
  );
}
