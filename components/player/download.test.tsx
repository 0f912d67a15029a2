// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../utils/i18n/en.ts';
import { noteDrafts } from '../../utils/note-drafts.ts';
import { fail, type Reply, succeed } from '../../utils/reply.ts';
import { sessionItem } from '../../utils/storage.ts';
import { createNotes } from '../notes/notes-store.ts';
import { fakeSend, fakeView } from '../testing/fake-view.ts';
import { find, mount, press, settle } from '../testing/mount.tsx';
import { connectedSession, historyCall } from '../testing/samples.ts';
import type { Send } from '../view/view.ts';
import { createDownload } from './download.ts';
import type { RecordingFile } from './fetch-recording.ts';
import type { AudioElement } from './playback.ts';
import Player from './player.tsx';

const file: RecordingFile = { content: new Blob(['abc'], { type: 'audio/mpeg' }), ending: 'mp3' };
const opened = (url: string) => succeed({ url });

describe('createDownload', () => {
  const start = (answers: Reply<RecordingFile>[], told: Parameters<typeof fakeSend>[0] = {}) => {
    const read = vi.fn(async () => answers.shift() as Reply<RecordingFile>);
    const save = vi.fn();
    const { send, sent } = fakeSend(told);
    const download = createDownload(send, { recordingId: 'a'.repeat(32), url: 'first', save, read });
    const urls = () => (read.mock.calls as unknown[][]).map(([url]) => url);
    return { download, save, urls, sent, state: download.store.getState };
  };

  it('saves what it read', async () => {
    const { download, save, state } = start([succeed(file)]);
    await download.run();
    expect(save).toHaveBeenCalledExactlyOnceWith(file);
    expect(state()).toMatchObject({ phase: 'saved', failure: null });
  });

  it('asks once for a fresh address when the first one has expired', async () => {
    const { download, save, urls } = start([fail('ticket_invalid'), succeed(file)], { openRecording: opened('second') });
    await download.run();
    expect(urls()).toEqual(['first', 'second']);
    expect(save).toHaveBeenCalledOnce();
  });

  it.each([
    [
      'a second refusal',
      [fail('ticket_invalid'), fail('ticket_invalid')],
      { openRecording: opened('second') },
      'ticket_invalid',
      [],
    ],
    ['no fresh address', [fail('ticket_invalid')], { openRecording: fail('relay_unreachable') }, 'relay_unreachable', []],
    ['a network that breaks', [fail('relay_unreachable')], {}, 'relay_unreachable', []],
    [
      'a policy that changed, which it then reads anew',
      [fail('download_not_allowed')],
      { refreshSession: succeed({ connected: false }) },
      'download_not_allowed',
      ['refreshSession'],
    ],
  ] as const)('tells of %s, and can be tried again', async (_, answers, told, code, asks) => {
    const { download, save, state, sent } = start([...answers, succeed(file)], told);
    await download.run();
    expect(state()).toMatchObject({ phase: 'failed', failure: { code } });
    expect(sent.map(({ name }) => name).filter((name) => name !== 'openRecording')).toEqual(asks);
    expect(save).not.toHaveBeenCalled();
    await download.run();
    expect(state().phase).toBe('saved');
  });

  it('saves nothing once it was cancelled', async () => {
    const { download, save } = start([succeed(file)]);
    const running = download.run();
    download.cancel();
    await running;
    expect(save).not.toHaveBeenCalled();
  });
});

describe('the player', () => {
  const audio = () =>
    ({
      src: '',
      load() {},
      pause() {},
      play: async () => {},
      removeAttribute() {},
      addEventListener() {},
    }) as unknown as AudioElement;
  const channel = { postMessage() {}, addEventListener() {}, close() {} };
  const notes = (send: Send) =>
    createNotes({
      send,
      drafts: noteDrafts,
      agentId: () => null,
      onSaved() {},
    });
  const button = '[data-testid=player-download]';

  async function open(recordingDownload: boolean, answers: Parameters<typeof fakeSend>[0]) {
    const { me, ...session } = connectedSession();
    await sessionItem.setValue({ ...session, me: me && { ...me, policy: { ...me.policy, recordingDownload } } });
    const { send } = fakeSend(answers);
    await mount(
      fakeView(send),
      <Player call={historyCall(0)} region="VN" notes={notes(send)} onClose={() => {}} createAudio={audio} channel={channel} />,
    );
    await act(async () => {
      await vi.waitFor(() => find('[data-testid=player-close]'));
    });
    await settle();
  }
  beforeEach(() => {
    vi.stubGlobal('OfflineAudioContext', undefined);
  });

  it('offers no file where the policy does not allow it', async () => {
    await open(false, { openRecording: opened('https://relay.example/a?ticket=t') });
    expect(document.querySelector('[data-testid=player-toggle]')).not.toBeNull();
    expect(document.querySelector(button)).toBeNull();
  });

  it('names the file after the call, and says that it is there', async () => {
    vi.stubGlobal(
      'fetch',
      async () => new Response('abc', { headers: { 'content-disposition': 'attachment; filename="x.ogg"' } }),
    );
    const link = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
    await open(true, { openRecording: opened('https://relay.example/a?ticket=t') });
    await press(button);
    await act(async () => {
      await vi.waitFor(() => expect(link).toHaveBeenCalled());
    });
    expect((link.mock.contexts[0] as HTMLAnchorElement).download).toBe('2026-07-03 14.00 0912345678.ogg');
    expect(find('[data-testid=download-line]').textContent).toContain('2026-07-03 14.00 0912345678');
  });

  it('says why there is no file, and takes the button away once the relay says that the policy is another', async () => {
    const refusal = { error: { code: 'download_not_allowed', message: '' } };
    vi.stubGlobal('fetch', async () => Response.json(refusal, { status: 403 }));
    const refreshSession = async () => {
      const { me, ...session } = connectedSession();
      await sessionItem.setValue({ ...session, me });
      return succeed({ ...session, me });
    };
    await open(true, { openRecording: opened('https://relay.example/a?ticket=t'), refreshSession });
    await press(button);
    await act(async () => {
      await vi.waitFor(() => expect(document.querySelector(button)).toBeNull());
    });
    expect(find('[data-testid=download-line] [role=alert]').textContent).toBe(en.failure_download_not_allowed);
  });
});
