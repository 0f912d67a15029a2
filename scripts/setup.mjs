// Prepares a fresh clone so that every other script can run. Runs on Node 20 and uses no dependency.
// Usage: node scripts/setup.mjs [--firefox]
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, findFirefox } from './browsers.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const oldestNode = 20;

requireNode();
installPackages();
ensureChromium();
if (process.argv.includes('--firefox')) ensureFirefox();

function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldestNode) return;
  fail(
    `Dialside needs Node ${oldestNode} or newer to set itself up; this is ${process.version}. Install a current Node and run the command again.`,
  );
}

function installPackages() {
  const installed = join(root, 'node_modules/.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  step('Installing packages into node_modules (about a minute the first time)');
  // Packages in the lock file need Node ≥ 22; npm scripts run them under the Node 24 that the lock file installs.
  if (run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])) return;
  fail('The packages could not be installed; the lines above say why. Check the network, then run the command again.');
}

function ensureChromium() {
  if (findChromium()) return;
  step('No Chromium found; fetching the one that Playwright brings');
  run(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 300_000,
  });
  if (findChromium()) return;
  installDebianPackage('chromium');
  if (findChromium()) return;
  fail(
    'No Chromium that can load extensions was found, and none could be installed. Install Chromium, or set DIALSIDE_CHROMIUM to its path, and run the command again.',
  );
}

function ensureFirefox() {
  if (findFirefox()) return;
  installDebianPackage('firefox-esr');
  if (!findFirefox())
    console.log('No Firefox found: the Firefox tests will be skipped. Install Firefox or set DIALSIDE_FIREFOX to run them.');
}

/** @param {string} name a distribution package, which is installed only as root on Debian or Ubuntu, with a message */
function installDebianPackage(name) {
  if (process.getuid?.() !== 0 || !isDebianLike()) return;
  step(`Installing the distribution's package "${name}", which is put outside this folder`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  run('apt-get', ['update', '-qq'], quiet);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], quiet);
}

function isDebianLike() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** @param {string} command @param {string[]} args @param {object} [options] */
function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options }).status === 0;
}

/** @param {string} what */
function step(what) {
  console.log(`» ${what}`);
}

/** @param {string} why @returns {never} */
function fail(why) {
  console.error(why);
  process.exit(1);
}
