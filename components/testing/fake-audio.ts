import { vi } from 'vitest';

/** An `<audio>` element whose events the test fires. */
export class FakeAudio extends EventTarget {
  src = '';
  currentTime = 0;
  duration = 100;
  playbackRate = 1;
  volume = 1;
  paused = true;
  load = vi.fn(() => {
    this.paused = true;
  });
  removeAttribute = vi.fn();
  play = vi.fn(async () => {
    this.paused = false;
    this.fire('playing');
  });
  /** As the HTML standard has it: an element that is paused already fires nothing. */
  pause = vi.fn(() => {
    if (this.paused) return;
    this.paused = true;
    this.fire('pause');
  });
  fire(...events: string[]) {
    for (const event of events) this.dispatchEvent(new Event(event));
  }
  /** Browsers reset the position when another address loads. */
  loaded() {
    this.currentTime = 0;
    this.fire('loadedmetadata');
  }
  reach(position: number) {
    this.currentTime = position;
    this.fire('timeupdate');
  }
}
