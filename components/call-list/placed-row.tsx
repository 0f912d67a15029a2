import type { PlacedCall } from '../../relay/contract.ts';
import { findPlace } from '../../utils/calls/call-places.ts';
import { crmSearchUrl } from '../../utils/live/crm-link.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import { agentSettingsItem, callPlacesItem, type LiveState, type OtherDevice } from '../../utils/storage.ts';
import { isOnRecord } from '../notes/is-on-record.ts';
import { RowNote } from '../notes/note-line.tsx';
import { contentOf, isUnsaved, newerNote, noteHere } from '../notes/note-state.ts';
import { notedCall } from '../notes/noted-call.ts';
import type { Notes } from '../notes/notes-store.ts';
import { OutcomeChips } from '../notes/outcome-chips.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useItem } from '../view/use-item.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import type { Dialler } from './dialler.ts';
import { LazyNoteEditor } from './lazy-note-editor.ts';
import { LazyOverrideForm } from './lazy-override-form.ts';
import type { OpenPage } from './open-page.ts';
import { PageLink } from './page-link.tsx';
import { placedWords } from './placed-words.ts';

interface PlacedRowProps {
  /** Includes another device to try, if the background names one. */
  call: PlacedCall & { other?: OtherDevice };
  /** What the agent dials once connected. */
  extension: string | undefined;
  live: LiveState | null;
  region: string;
  /** On the relay's clock. */
  now: number;
  onDial: Dialler['dial'];
  /** Whether the number was called again since. */
  isDone: boolean;
  /** Unfolds the note, or folds it with null. */
  onNote(subject: string | null): void;
  onPage: OpenPage;
  /** Whether its note is unfolded. */
  isNoting: boolean;
  /** Whether it asks for the outcome. */
  isAsking: boolean;
  notes: Notes;
}

/** A call placed through Dialside that AntBuddy's history does not list yet. */
export function PlacedRow({
  call,
  extension,
  live,
  region,
  now,
  onDial,
  isDone,
  onNote,
  onPage,
  isNoting,
  isAsking,
  notes,
}: PlacedRowProps) {
  const view = useView();
  const { t, format } = view;
  const words = placedWords(call, live, view, now);
  const noteState = useStore(notes.store).notes[call.key];
  const hasPage = findPlace(useItem(callPlacesItem) ?? [], call.key, now) !== undefined;
  const crm = crmSearchUrl(useItem(agentSettingsItem)?.crmSearch ?? '', call.number, region);
  const unsaved = isUnsaved(noteState) ? noteState : null;
  const note = newerNote(call.note, noteState);
  const number = formatNational(call.number, region);
  return (
    <li class={`call placed placed-${words.tone}`} tabIndex={-1} data-testid="placed-row" data-state={call.state}>
      <span class="call-direction">
        {words.tone === 'busy' ? <span class="spinner" /> : <Icon name={words.tone === 'good' ? 'call' : 'warning'} size={18} />}
      </span>
      <div class="call-text">
        <p class="call-head">
          <span class="call-who">{number}</span>
          <time class="call-time" dateTime={new Date(call.createdAt).toISOString()}>
            {format.time(call.createdAt)}
          </time>
        </p>
        <p class="call-facts placed-words" role="status">
          {words.text}
        </p>
        {extension && <p class="call-facts">{t('dial_extension', { extension })}</p>}
        {call.other && (
          <button
            type="button"
            class="button placed-other"
            onClick={() => void onDial(call.number, { sipDevice: call.other?.id, extension })}
            data-testid="call-with-other"
          >
            {t('call_with', { device: call.other.name })}
          </button>
        )}
        {call.reason?.code === 'outside_sales_hours' && !isDone && (
          <LazyOverrideForm
            number={call.number}
            onCall={(reason) => void onDial(call.number, { overrideReason: reason, extension })}
          />
        )}
        {!isNoting && <RowNote note={note} unsaved={unsaved} isTextOnly={isAsking} />}
      </div>
      {isAsking && !isNoting && (
        <OutcomeChips
          outcome={contentOf(noteHere(call.note, noteState)).outcome}
          onOutcome={(outcome) => notes.choose(call.key, call.note, notedCall(call), outcome)}
        />
      )}
      <div class="call-actions">
        <PageLink who={number} hasPage={hasPage} onPage={() => onPage(call.key)} crm={crm} />
        {(isOnRecord(call) || isNoting || unsaved) && (
          <IconButton
            icon="note"
            label={t('note_of', { who: number, time: format.time(call.createdAt) })}
            expanded={isNoting}
            onClick={() => onNote(isNoting ? null : call.key)}
            testId="note"
          />
        )}
        {call.state !== 'dispatching' && (
          <IconButton
            icon="call"
            tone="accent"
            label={t('call_again', { number })}
            onClick={() => void onDial(call.number, { extension })}
            testId="call-again"
          />
        )}
      </div>
      {isNoting && <LazyNoteEditor notes={notes} subject={call.key} note={note} call={call} onClose={() => onNote(null)} />}
    </li>
  );
}
