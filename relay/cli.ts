#!/usr/bin/env node
import { program } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { adminCode } from './commands/admin-code.ts';
import { backUp } from './commands/back-up.ts';
import { check } from './commands/check.ts';
import { explainFailure } from './commands/explain-failure.ts';
import { exportAudit } from './commands/export-audit.ts';
import { restore } from './commands/restore.ts';
import { rotateKey } from './commands/rotate-key.ts';
import { start } from './commands/start.ts';
import { verifyAuditLog } from './commands/verify-audit.ts';
import { type RelayConfig, readConfig } from './config.ts';
import { SettingError } from './settings.ts';

program
  .name('relay')
  .description('The company relay of Dialside. Settings are read from the environment.')
  .version(manifest.version)
  .showHelpAfterError();

program.command('start').description('run the relay').action(run(start));
program
  .command('admin-code')
  .description('print a one-time code that connects an admin; makes one where there is none of that name')
  .option('--name <name>', 'the admin’s name; may be left out while there is one admin or none')
  .option('--reset-passphrase', 'let the admin choose a new passphrase')
  .action(run(adminCode));
program.command('check').description('try the settings, the store and AntBuddy, and say what is wrong').action(run(check));
program.command('verify-audit').description('prove that the audit log is whole').action(run(verifyAuditLog));
program
  .command('export-audit')
  .description('write the audit log to standard output, one JSON line each')
  .action(run(exportAudit));
program
  .command('backup')
  .description('copy the SQLite store into one file while the relay runs, and prove that the copy is whole')
  .argument('<file>', 'a file that does not exist yet')
  .action(run((config, file: string) => backUp(config, file)));
program
  .command('restore')
  .description('put a backup of the SQLite store in its place, once it is proved whole; stop the relay first')
  .argument('<file>', 'what `backup` wrote, or - for standard input')
  .action(run((config, file: string) => restore(config, file)));
program
  .command('rotate-key')
  .description('re-seal everything with the key in RELAY_NEW_KEY; stop every relay first')
  .option('--lost', 'the store’s key is lost: give up the SIP passwords and go on with RELAY_KEY')
  .action(run(rotateKey));

await program.parseAsync();

/** Runs a command with the settings; an error ends the process with one sentence, and with code 2 if a setting is wrong. */
function run<Input>(command: (config: RelayConfig, input: Input) => Promise<void>) {
  return async (input: Input) => {
    let config: RelayConfig | null = null;
    try {
      config = readConfig(process.env);
      await command(config, input);
    } catch (error) {
      console.error(explainFailure(error, config));
      process.exitCode = error instanceof SettingError ? 2 : 1;
    }
  };
}
