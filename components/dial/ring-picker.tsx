import { useId, useState } from 'preact/hooks';
import type { OwnDevice } from '../../relay/contract.ts';
import { pickedOf } from '../../utils/calls/ring-device.ts';
import { ringDeviceItem } from '../../utils/storage.ts';
import { failureText } from '../view/failure-text.ts';
import { useItem } from '../view/use-item.ts';
import { useView } from '../view/view.ts';

interface RingPickerProps {
  devices: readonly OwnDevice[];
  /** Shows the label to screen readers alone, beside words that say the same. */
  bare?: boolean;
}

/** Which of the agent's devices rings, for every call from this browser. */
export function RingPicker({ devices, bare = false }: RingPickerProps) {
  const { t, send } = useView();
  const id = useId();
  const picked = pickedOf(devices, useItem(ringDeviceItem))?.id;
  const [failure, setFailure] = useState<string | null>(null);
  const pick = async (select: HTMLSelectElement) => {
    const reply = await send('pickRingDevice', select.value);
    // The request failed: the list shows again the device that would ring.
    if (!reply.ok) select.value = picked ?? '';
    setFailure(reply.ok ? null : failureText(t, reply.error));
  };
  return (
    <p class="dial-ring">
      <label for={id} class={bare ? 'hidden' : undefined}>
        {t('ring_device')}
      </label>
      <select id={id} class="input" value={picked} onChange={(event) => void pick(event.currentTarget)} data-testid="ring-device">
        {devices.map((device) => (
          <option key={device.id} value={device.id}>
            {device.name}
          </option>
        ))}
      </select>
      {failure && <span role="alert">{failure}</span>}
    </p>
  );
}
