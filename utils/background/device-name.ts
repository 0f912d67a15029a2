import { browser } from 'wxt/browser';

const SYSTEMS: Record<string, string> = {
  mac: 'macOS',
  win: 'Windows',
  linux: 'Linux',
  cros: 'ChromeOS',
  android: 'Android',
  openbsd: 'OpenBSD',
};

/** The name of this browser in the admin's list of devices, such as `Edge on Windows`. */
export async function deviceName(): Promise<string> {
  const { userAgent } = navigator;
  const { os } = await browser.runtime.getPlatformInfo();
  const name = /Firefox\//.test(userAgent) ? 'Firefox' : /Edg\//.test(userAgent) ? 'Edge' : 'Chrome';
  return `${name} on ${SYSTEMS[os] ?? os}`;
}
