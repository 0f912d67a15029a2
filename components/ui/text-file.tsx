import { useState } from 'preact/hooks';
import { decodeText } from '../../utils/decode-text.ts';
import { useView } from '../view/view.ts';

interface TextFileProps {
  label: string;
  disabled?: boolean;
  onText(text: string): void;
}

/** A file of rows, however the spreadsheet wrote it; a workbook is refused in words. */
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
          // A file that was mended can be chosen again.
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
