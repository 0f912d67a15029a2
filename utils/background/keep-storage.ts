import { browser } from 'wxt/browser';

/**
 * Keeps the extension's databases, which hold the device's token and the notes that wait, when the disk is nearly full. In
 * Chromium the permission `unlimitedStorage` does so by itself, and its workers cannot ask; in Firefox it answers this request
 * without a question to the user.
 */
export function keepStorage(storage: { persist?(): Promise<boolean> } | undefined = navigator.storage): void {
  browser.runtime.onInstalled.addListener(() => void storage?.persist?.());
}
