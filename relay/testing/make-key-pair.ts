import { execFileSync } from 'node:child_process';

/** A self-signed certificate for `name`, valid for a day, and its key, written to the two files. */
export function makeKeyPair(certFile: string, keyFile: string, name: string): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const files = ['-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', ['req', '-x509', ...curve, ...files, '-subj', `/CN=${name}`, '-days', '1'], { stdio: 'ignore' });
}
