import { browser } from 'wxt/browser';

const SYSTEMS: Record<string, string> = {
  mac: 'macOS',
  win: 'Windows',
  linux: 'Linux',
  cros: 'ChromeOS',
  android: 'Android',
  openbsd: 'OpenBSD',
};

/** How this browser is called in the admin's list of devices, like `Edge on Windows`. */
export async function deviceName(userAgent: string = navigator.userAgent): Promise<string> {
  const { os } = await browser.runtime.getPlatformInfo();
  const name = /Firefox\//.test(userAgent) ? 'Firefox' : /Edg\//.test(userAgent) ? 'Edge' : 'Chrome';
  return `${name} on ${SYSTEMS[os] ?? os}`;
}
