import { useState } from 'preact/hooks';
import { decodeText } from '../../utils/decode-text.ts';
import { useView } from '../view/view.ts';

interface TextFileProps {
  label: string;
  disabled?: boolean;
  onText(text: string): void;
}

/** Reads a CSV or text file in any encoding that spreadsheets write; refuses a workbook with an explanation. */
export function TextFile({ label, disabled = false, onText }: TextFileProps) {
  const { t } = useView();
  const [isWorkbook, setIsWorkbook] = useState(false);
  const read = async (file: File) => {
    const text = decodeText(new Uint8Array(await file.arrayBuffer()));
    setIsWorkbook(text === null);
    if (text !== null) onText(text);
  };
  return (
    <>
      <label class="file">
        {label}{' '}
        <input
          type="file"
          disabled={disabled}
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          // Cleared, so that the same file can be chosen again after it was corrected.
          onClick={(event) => {
            event.currentTarget.value = '';
          }}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) void read(file);
          }}
        />
      </label>
      {isWorkbook && (
        <p class="field-error" role="alert">
          {t('file_is_workbook')}
        </p>
      )}
    </>
  );
}
