import { useEffect, useId, useRef } from 'preact/hooks';
import { type PlayerSettings, playerSettingsItem } from '../../utils/storage.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { lazily } from '../view/lazily.tsx';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { type Playback, speeds } from './playback.ts';
import { PlayerFailure } from './player-failure.tsx';
import { useLoudness } from './use-loudness.ts';

const skipSeconds = 10;
const volumeStep = 0.1;

const Waveform = lazily(() => import('./waveform.tsx'));

interface ControlsProps {
  playback: Playback;
  /** When the call ended; its recording cannot exist before. */
  endedAt: number;
  onNoteAt(position: number): void;
}

export function Controls({ playback, endedAt, onNoteAt }: ControlsProps) {
  const { t, format } = useView();
  const state = useStore(playback.store);
  const { phase, isPlaying, position, duration, speed, volume, skipsSilence, failure } = state;
  const found = useLoudness(playback, state);
  const isTooLarge = found === 'too_large';
  const loudness = isTooLarge ? null : found;
  const plainId = useId();
  const toggle = useRef<HTMLButtonElement>(null);
  const hasFailed = failure !== null && (phase === 'missing' || phase === 'failed');
  const isBack = useRef(false);
  useEffect(() => {
    if (hasFailed) return;
    // Controls that return after a failure take over the focus of the vanished retry button, but from no other element.
    if (!isBack.current || document.activeElement === document.body) toggle.current?.focus({ preventScroll: true });
    isBack.current = true;
  }, [hasFailed]);
  useEffect(() => remember({ speed, volume, skipsSilence }), [speed, volume, skipsSilence]);

  if (hasFailed) return <PlayerFailure failure={failure} endedAt={endedAt} onRetry={playback.retry} />;
  const opening = phase === 'opening';
  return (
    <fieldset class="player-controls" aria-label={t('player_controls')} onKeyDown={(event) => onKey(event, playback, onNoteAt)}>
      <div class="player-track" data-drawn={loudness !== null}>
        {loudness && <Waveform loudness={loudness} position={position} />}
        <input
          class="seek"
          type="range"
          min={0}
          max={Math.max(duration, 1)}
          step={0.1}
          value={position}
          style={{ '--done': `${duration > 0 ? (position / duration) * 100 : 0}%` }}
          disabled={opening || duration === 0}
          aria-label={t('player_position')}
          aria-describedby={isTooLarge ? plainId : undefined}
          aria-valuetext={t('player_position_of', { position: format.duration(position), duration: format.duration(duration) })}
          onInput={(event) => playback.seek(Number(event.currentTarget.value))}
          data-testid="player-seek"
        />
        {isTooLarge && (
          <p id={plainId} class="player-plain" data-testid="player-plain">
            {t('player_too_large')}
          </p>
        )}
      </div>
      <IconButton icon="back" label={t('player_back')} onClick={() => playback.skip(-skipSeconds)} disabled={opening} />
      <button
        type="button"
        ref={toggle}
        class="play-button"
        aria-label={t(isPlaying ? 'player_pause' : 'player_play')}
        aria-busy={opening}
        onClick={playback.toggle}
        data-testid="player-toggle"
      >
        {opening ? <span class="spinner" /> : <Icon name={isPlaying ? 'pause' : 'play'} />}
      </button>
      <IconButton icon="forward" label={t('player_forward')} onClick={() => playback.skip(skipSeconds)} disabled={opening} />
      <span class="player-time" data-testid="player-time">
        {format.clock(position)} / {duration > 0 ? format.clock(duration) : '–:––'}
      </span>
      <select
        class="speed"
        aria-label={t('player_speed')}
        value={String(speed)}
        onChange={(event) => playback.setSpeed(Number(event.currentTarget.value))}
        data-testid="player-speed"
      >
        {speeds.map((choice) => (
          <option key={choice} value={String(choice)}>
            {format.count(choice)}×
          </option>
        ))}
      </select>
      <div class="player-more">
        <label class="check" title={loudness ? undefined : t('player_silence_unknown')}>
          <input
            type="checkbox"
            checked={skipsSilence}
            disabled={loudness === null}
            onChange={(event) => playback.setSkipsSilence(event.currentTarget.checked)}
            data-testid="player-skip-silence"
          />
          {t('player_skip_silence')}
        </label>
        <button
          type="button"
          class="button button-quiet"
          disabled={opening}
          onClick={() => onNoteAt(playback.store.getState().position)}
          data-testid="player-note-at"
        >
          {t('note_at', { time: format.clock(position) })}
        </button>
        <label class="volume">
          <Icon name="volume" size={18} />
          <span class="hidden">{t('player_volume')}</span>
          <input
            type="range"
            min={0}
            max={1}
            step={volumeStep / 2}
            value={volume}
            onInput={(event) => playback.setVolume(Number(event.currentTarget.value))}
            data-testid="player-volume"
            data-keys="own"
          />
        </label>
      </div>
    </fieldset>
  );
}

function remember(settings: PlayerSettings): void {
  void playerSettingsItem.setValue(settings);
}

/**
 * The arrow keys skip, also on the slider, whose native step is too small to notice; space toggles playback where it has no
 * other meaning.
 */
function onKey(event: KeyboardEvent, playback: Playback, onNoteAt: (position: number) => void) {
  const target = event.target as HTMLElement;
  if (target instanceof HTMLSelectElement || target.dataset.keys === 'own') return;
  const { volume } = playback.store.getState();
  const isSeek = target instanceof HTMLInputElement && target.type === 'range';
  if (event.key === 'ArrowLeft') playback.skip(-skipSeconds);
  else if (event.key === 'ArrowRight') playback.skip(skipSeconds);
  else if (event.key === 'ArrowUp') playback.setVolume(Math.min(1, volume + volumeStep));
  else if (event.key === 'ArrowDown') playback.setVolume(Math.max(0, volume - volumeStep));
  else if (event.key === ' ' && isSeek) playback.toggle();
  else if (event.key === 'n' && !event.ctrlKey && !event.metaKey) onNoteAt(playback.store.getState().position);
  else return;
  event.preventDefault();
}
