import { useRef } from 'preact/hooks';
import { longestOfAgent, mostSipDevices } from '../../relay/contract.ts';
import { Field } from '../ui/field.tsx';
import { useRowFocus } from '../view/use-row-focus.ts';
import { useView } from '../view/view.ts';
import type { Agents } from './agents-store.ts';
import { type DeviceDraft, emptyDevice } from './device-drafts.ts';
import { SipDeviceTest } from './sip-device-test.tsx';

interface SipDeviceFieldsProps {
  devices: readonly DeviceDraft[];
  /** The saved SIP users of the devices whose password the relay has, by id. */
  withPassword: ReadonlyMap<string, string>;
  /** Newer versions of devices that somebody else changed meanwhile. */
  theirs: readonly DeviceDraft[];
  onDevices(devices: DeviceDraft[]): void;
  onTest: Agents['test'];
}

/** The SIP devices of an agent, the one that rings by itself first. */
export function SipDeviceFields({ devices, withPassword, theirs, onDevices, onTest }: SipDeviceFieldsProps) {
  const { t } = useView();
  const box = useRef<HTMLFieldSetElement>(null);
  useRowFocus(box, '.sip-device');
  const set = (at: number, change: Partial<DeviceDraft>) =>
    onDevices(devices.map((device, index) => (index === at ? { ...device, ...change } : device)));
  return (
    <fieldset ref={box} class="editor-wide sip-devices" data-testid="sip-devices">
      <legend>{t('sip_devices')}</legend>
      {devices.length > 1 && <p class="field-hint">{t('sip_devices_order')}</p>}
      {devices.map((device, at) => {
        const label = device.name || device.sipUser || t('sip_device_new');
        const newer = theirs.find(({ id }) => id === device.id);
        return (
          // A device that is being added has no identity except its position.
          <fieldset key={device.id ?? at} class="sip-device" aria-label={label} data-testid="sip-device">
            <Field
              label={t('sip_device_name')}
              value={device.name}
              onValue={(name) => set(at, { name })}
              input={{ name: 'deviceName', maxLength: longestOfAgent.deviceName, placeholder: device.sipUser }}
            />
            <Field
              label={t('agent_sip_user')}
              value={device.sipUser}
              onValue={(sipUser) => set(at, { sipUser })}
              input={{
                name: 'sipUser',
                maxLength: longestOfAgent.sipUser,
                required: device.id !== null || device.name + device.sipPassword !== '',
              }}
            />
            <Field
              label={t('agent_sip_password')}
              hint={t(device.id !== null && withPassword.has(device.id) ? 'agent_password_set' : 'agent_password_none')}
              value={device.sipPassword}
              onValue={(sipPassword) => set(at, { sipPassword })}
              type="password"
              input={{ name: 'sipPassword', maxLength: longestOfAgent.sipPassword, autocomplete: 'new-password' }}
            />
            <div class="actions">
              {at > 0 && (
                <button
                  type="button"
                  class="button"
                  aria-label={t('sip_device_first_of', { device: label })}
                  onClick={() => onDevices([device, ...devices.filter((_, index) => index !== at)])}
                >
                  {t('sip_device_first')}
                </button>
              )}
              <button
                type="button"
                class="button"
                aria-label={t('sip_device_remove_of', { device: label })}
                onClick={() => onDevices(devices.filter((_, index) => index !== at))}
              >
                {t('sip_device_remove')}
              </button>
            </div>
            {device.id !== null && withPassword.has(device.id) && (
              <SipDeviceTest
                device={label}
                isSaved={device.sipPassword === '' && device.sipUser === withPassword.get(device.id)}
                onTest={() => onTest(device.id ?? '')}
              />
            )}
            {newer && (
              <p class="field-theirs">
                {t('agent_theirs', { value: [newer.name, newer.sipUser].filter(Boolean).join(' · ') })}{' '}
                <button type="button" class="link" onClick={() => set(at, { name: newer.name, sipUser: newer.sipUser })}>
                  {t('agent_take_theirs')}
                </button>
              </p>
            )}
          </fieldset>
        );
      })}
      {devices.length < mostSipDevices && (
        <button type="button" class="button" onClick={() => onDevices([...devices, emptyDevice])} data-testid="sip-device-add">
          {t('sip_device_add')}
        </button>
      )}
    </fieldset>
  );
}
