import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

// Branded Chrome and Edge are absent on purpose: since Chrome 137 they ignore --load-extension.
const chromiumPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const firefoxPaths = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** Path of a Chromium that can load an unpacked extension, or undefined. `DIALSIDE_CHROMIUM` takes precedence. */
export function findChromium() {
  return firstExisting([process.env.DIALSIDE_CHROMIUM, ...chromiumPaths, playwrightChromium()]);
}

/** Path of a Firefox that WebDriver BiDi can drive, or undefined. `DIALSIDE_FIREFOX` takes precedence. */
export function findFirefox() {
  return firstExisting([process.env.DIALSIDE_FIREFOX, ...firefoxPaths]);
}

/** @param {(string | undefined)[]} paths */
function firstExisting(paths) {
  return paths.find((path) => path !== undefined && existsSync(path));
}

/** Path of the Chromium that the installed Playwright downloads; undefined before packages are installed. */
function playwrightChromium() {
  try {
    return createRequire(import.meta.url)('@playwright/test').chromium.executablePath();
  } catch {
    return undefined;
  }
}
