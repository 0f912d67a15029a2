import { useEffect, useState } from 'preact/hooks';
import type { SipDeviceTry } from '../../relay/contract.ts';
import type { Reply } from '../../utils/reply.ts';
import { failureText } from '../view/failure-text.ts';
import { useView } from '../view/view.ts';

interface SipDeviceTestProps {
  /** The device's name. */
  device: string;
  /** What is typed is tested only once it is saved. */
  isSaved: boolean;
  onTest(): Promise<Reply<SipDeviceTry>>;
}

/** Asks whether AntBuddy accepts the SIP user and password of a device; nothing rings. */
export function SipDeviceTest({ device, isSaved, onTest }: SipDeviceTestProps) {
  const { t } = useView();
  const [busy, setBusy] = useState(false);
  const [reply, setReply] = useState<Reply<SipDeviceTry> | null>(null);
  // An answer is about what was saved before.
  useEffect(() => {
    if (!isSaved) setReply(null);
  }, [isSaved]);
  const test = async () => {
    setBusy(true);
    setReply(null);
    setReply(await onTest());
    setBusy(false);
  };
  const isGood = reply?.ok && reply.value.accepted;
  return (
    <div class="sip-device-test">
      <button
        type="button"
        class="button"
        aria-label={t('sip_device_test_of', { device })}
        disabled={busy || !isSaved}
        onClick={() => void test()}
        data-testid="sip-device-test"
      >
        {t('sip_device_test')}
      </button>
      <p role="status" class={isGood ? 'field-good' : reply ? 'field-error' : 'field-hint'}>
        {!isSaved && t('sip_device_test_unsaved')}
        {isSaved && busy && t('sip_device_testing')}
        {isSaved && reply && textOf(reply)}
      </p>
    </div>
  );

  function textOf(answer: Reply<SipDeviceTry>): string {
    if (!answer.ok) return failureText(t, answer.error);
    return t(answer.value.accepted ? 'sip_device_accepted' : 'sip_device_refused');
  }
}
