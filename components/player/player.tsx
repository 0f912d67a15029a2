import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { HistoryCall } from '../../relay/contract.ts';
import { mostNoteLength } from '../../utils/note-drafts.ts';
import { playerSettingsItem, sessionItem } from '../../utils/storage.ts';
import { notedCall } from '../notes/noted-call.ts';
import type { Notes } from '../notes/notes-store.ts';
import { withTime } from '../notes/times-in-text.ts';
import { IconButton } from '../ui/icon-button.tsx';
import styles from '../ui/player.css?inline';
import { addStyles } from '../view/add-styles.ts';
import { peerText } from '../view/peer-text.ts';
import { useFocusBack } from '../view/use-focus-back.ts';
import { useItem } from '../view/use-item.ts';
import { useRelayNow } from '../view/use-relay-now.ts';
import { useView } from '../view/view.ts';
import { Controls } from './controls.tsx';
import { DownloadButton } from './download-button.tsx';
import { DownloadLine } from './download-line.tsx';
import { NotePanel } from './note-panel.tsx';
import { type AudioElement, type Playback, startPlayback } from './playback.ts';
import { whyUnplayable } from './read-audio.ts';
import { recordingName } from './recording-name.ts';
import { type Channel, createSolo } from './solo.ts';
import { useHasPanel } from './use-has-panel.ts';

addStyles(styles);

export interface PlayerProps {
  call: HistoryCall;
  region: string;
  notes: Notes;
  /** Seconds from the start. */
  startAt?: number;
  /** Presses of the play button in the call's row since the recording was opened: each one pauses or resumes. */
  presses?: number;
  onPlaying?(isPlaying: boolean): void;
  onClose(): void;
  createAudio?: () => AudioElement;
  channel?: Channel;
}

/** Plays the recording of one call as soon as it is mounted. Pass the call's id as `key`. */
export default function Player({
  call,
  region,
  notes,
  startAt = 0,
  presses = 0,
  onPlaying,
  onClose,
  createAudio = () => new Audio(),
  channel,
}: PlayerProps) {
  const { send, t, format, panel } = useView();
  const hasPanel = useHasPanel();
  const box = useRef<HTMLElement>(null);
  useFocusBack(box);
  const [added, setAdded] = useState(0);
  const [playback, setPlayback] = useState<Playback | null>(null);
  // The address of the recording that is being saved; null when none is.
  const [saving, setSaving] = useState<string | null>(null);
  const stopSaving = useCallback(() => setSaving(null), []);
  const mayDownload = useItem(sessionItem)?.me?.policy.recordingDownload === true;
  useEffect(() => {
    const ended = new AbortController();
    void playerSettingsItem.getValue().then((settings) => {
      if (ended.signal.aborted) return;
      const solo = createSolo(() => started.pause(), channel);
      const started = startPlayback(call.id, send, createAudio(), {
        settings,
        startAt,
        onPlaying: solo.begin,
        why: whyUnplayable,
      });
      setPlayback(started);
      ended.signal.addEventListener('abort', () => {
        started.stop();
        solo.stop();
      });
    });
    return () => ended.abort();
  }, [call.id, send]);

  usePresses(presses, playback);
  useEffect(() => {
    const unwatch = playback?.store.subscribe(({ isPlaying }) => onPlaying?.(isPlaying));
    return () => {
      unwatch?.();
      onPlaying?.(false);
    };
  }, [playback, onPlaying]);

  const noteAt = (position: number) => {
    notes.open(call.id, call.note, notedCall(call));
    const { text = '' } = notes.store.getState().notes[call.id]?.change ?? {};
    const longer = withTime(text, format.clock(position));
    // The same limit as the text field's own.
    if (longer.length <= mostNoteLength) notes.edit(call.id, { text: longer });
    setAdded((count) => count + 1);
  };
  const goOn = async () => {
    if (!playback || !panel) return;
    const { isPlaying, position } = playback.store.getState();
    playback.pause();
    const isGiven = await panel.open({ call, position, at: Date.now() });
    if (!isGiven && isPlaying) playback.toggle();
  };
  const now = useRelayNow(60_000);
  const number = peerText(call.peer.number, region, t);
  const who = call.peer.name ?? number;
  const moment = format.moment(call.startedAt, now);
  return (
    <section ref={box} class="player" aria-label={t('player_of', { who })} data-testid="player">
      <div class="player-head">
        <p class="player-title">
          <strong>{who}</strong> <span>{moment}</span>
        </p>
        {mayDownload && playback && <DownloadButton playback={playback} isSaving={saving !== null} onSave={setSaving} />}
        {hasPanel && playback && (
          <IconButton icon="panel" label={t('player_hand_over')} onClick={() => void goOn()} testId="player-hand-over" />
        )}
        <IconButton icon="close" label={t('player_close')} onClick={onClose} testId="player-close" />
      </div>
      {playback && <Controls playback={playback} endedAt={call.startedAt + call.durationSeconds * 1000} onNoteAt={noteAt} />}
      {saving !== null && (
        <DownloadLine recordingId={call.id} url={saving} name={recordingName(call, number, format)} onClose={stopSaving} />
      )}
      {playback && <NotePanel call={call} notes={notes} playback={playback} added={added} />}
    </section>
  );
}

/** A press while the recording is still being requested changes nothing: it will play anyway. */
function usePresses(presses: number, playback: Playback | null): void {
  const heeded = useRef(presses);
  useEffect(() => {
    if (presses > heeded.current) playback?.press();
    heeded.current = presses;
  }, [presses, playback]);
}
