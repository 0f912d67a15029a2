import { useEffect, useRef, useState } from 'preact/hooks';
import type { HistoryCall } from '../../relay/contract.ts';
import { formatNational } from '../../utils/phone/format-number.ts';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { failureText } from '../view/failure-text.ts';
import { useStore } from '../view/use-store.ts';
import { useView } from '../view/view.ts';
import { type AudioElement, type Playback, speeds, startPlayback } from './playback.ts';

const skipSeconds = 10;

export interface PlayerProps {
  call: HistoryCall;
  region: string;
  onClose(): void;
  createAudio?: () => AudioElement;
}

/** Plays the recording of one call from the moment it is mounted. Give it the call's id as `key`. */
export default function Player({ call, region, onClose, createAudio = () => new Audio() }: PlayerProps) {
  const { send, t, format } = useView();
  const [playback, setPlayback] = useState<Playback | null>(null);
  useEffect(() => {
    const started = startPlayback(call.id, send, createAudio());
    setPlayback(started);
    return started.stop;
  }, [call.id, send]);

  const who = call.peer.name ?? formatNational(call.peer.number, region);
  const moment = format.moment(call.startedAt, Date.now());
  return (
    <section class="player" aria-label={t('player_of', { who })} data-testid="player">
      <div class="player-head">
        <p class="player-title">
          <strong>{who}</strong> <span>{moment}</span>
        </p>
        <IconButton icon="close" label={t('player_close')} onClick={onClose} testId="player-close" />
      </div>
      {playback && <Controls playback={playback} />}
    </section>
  );
}

function Controls({ playback }: { playback: Playback }) {
  const { t, format } = useView();
  const { phase, isPlaying, position, duration, speed, failure } = useStore(playback.store);
  const toggle = useRef<HTMLButtonElement>(null);
  useEffect(() => toggle.current?.focus({ preventScroll: true }), []);

  if (phase === 'missing' || phase === 'failed') {
    return (
      <div class="player-failure" role="alert" data-testid="player-failure">
        <p>{failure && (failure.code === 'recording_unplayable' ? t('recording_unplayable') : failureText(t, failure))}</p>
        {phase === 'failed' && (
          <button type="button" class="button" onClick={playback.retry}>
            {t('retry')}
          </button>
        )}
      </div>
    );
  }
  const opening = phase === 'opening';
  return (
    <fieldset class="player-controls" aria-label={t('player_controls')} onKeyDown={(event) => onKey(event, playback)}>
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
        aria-valuetext={t('player_position_of', { position: format.duration(position), duration: format.duration(duration) })}
        onInput={(event) => playback.seek(Number(event.currentTarget.value))}
        data-testid="player-seek"
      />
      <span class="player-time" data-testid="player-time">
        {format.clock(position)} / {duration > 0 ? format.clock(duration) : '–:––'}
      </span>
      <select
        class="speed"
        aria-label={t('player_speed')}
        value={String(speed)}
        onChange={(event) => playback.setSpeed(Number(event.currentTarget.value))}
      >
        {speeds.map((choice) => (
          <option key={choice} value={String(choice)}>
            {format.count(choice)}×
          </option>
        ))}
      </select>
    </fieldset>
  );
}

/** Arrows skip, also on the slider, whose own step would be too small to feel; space plays wherever it has no other meaning. */
function onKey(event: KeyboardEvent, playback: Playback) {
  const target = event.target as HTMLElement;
  if (target instanceof HTMLSelectElement) return;
  if (event.key === 'ArrowLeft') playback.skip(-skipSeconds);
  else if (event.key === 'ArrowRight') playback.skip(skipSeconds);
  else if (event.key === ' ' && target instanceof HTMLInputElement) playback.toggle();
  else return;
  event.preventDefault();
}
