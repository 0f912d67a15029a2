import { useCallback, useEffect, useState } from 'preact/hooks';
import type { HistoryCall } from '../../relay/contract.ts';
import { useView } from '../view/view.ts';

/** The call whose recording the player holds. */
interface Opened {
  call: HistoryCall;
  /** Seconds. */
  startAt: number;
  /** A new round restarts playback at `startAt`, even when the recording was already open. */
  round: number;
  /** Presses of the play button in the call's row since then. */
  presses: number;
}

/** The recording that the player holds: opened by a press in its call's row, or handed over by a view that closed. */
export function useOpened() {
  const view = useView();
  const [opened, setOpened] = useState<Opened | null>(null);
  const onPlay = useCallback(
    (call: HistoryCall) =>
      setOpened((before) => (before?.call.id === call.id ? { ...before, presses: before.presses + 1 } : open(call, 0, before))),
    [],
  );
  useEffect(() => view.watchHandover?.(({ call, position }) => setOpened((before) => open(call, position, before))), [view]);
  return { opened, onPlay, close: () => setOpened(null) };
}

function open(call: HistoryCall, startAt: number, before: Opened | null): Opened {
  return { call, startAt, round: (before?.round ?? 0) + 1, presses: 0 };
}
