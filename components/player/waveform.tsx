import { useEffect, useRef } from 'preact/hooks';
import WaveSurfer from 'wavesurfer.js';
import type { Loudness } from './loudness.ts';

interface WaveformProps {
  loudness: Loudness;
  position: number;
}

const height = 44;

/** The recording's waveform, purely visual: the slider on top of it changes the position and announces it to screen readers. */
export default function Waveform({ loudness, position }: WaveformProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<WaveSurfer | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const style = getComputedStyle(box.current);
    const wave = WaveSurfer.create({
      container: box.current,
      height,
      peaks: [loudness.peaks],
      duration: loudness.duration,
      interact: false,
      normalize: true,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      barMinHeight: 1,
      cursorWidth: 0,
      hideScrollbar: true,
      waveColor: style.getPropertyValue('--line-strong').trim(),
      progressColor: style.getPropertyValue('--accent').trim(),
    });
    drawing.current = wave;
    return () => {
      drawing.current = null;
      wave.destroy();
    };
  }, [loudness]);
  useEffect(() => drawing.current?.setTime(position), [position]);
  return <div ref={box} class="waveform" aria-hidden="true" data-testid="waveform" />;
}
