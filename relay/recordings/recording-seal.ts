import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { deriveKey } from '../keys.ts';

/**
 * Identifies the recording in a file. It is part of the authenticated data, so a file put in another's place does not decrypt.
 */
export interface RecordingIdentity {
  callId: string;
  /** AntBuddy's name for the recording. */
  fileName: string;
}

/** The file was truncated, altered, moved, or written with another RELAY_KEY. */
export class UnreadableRecording extends Error {
  override readonly name = 'UnreadableRecording';
}

export const tagBytes = 16;

/**
 * Encrypts the pieces of one file by AES-256-GCM, with a key for this file alone (HKDF of RELAY_KEY and the file's salt) and the
 * piece's number as nonce.
 */
export function createSealer(relayKey: Buffer, salt: Buffer, identity: RecordingIdentity) {
  const key = fileKey(relayKey, salt);
  return (index: number, size: number, plain: Buffer): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index));
    cipher.setAAD(associatedData(identity, index, size));
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
}

/** Throws UnreadableRecording for a piece that was altered, moved, or encrypted with another RELAY_KEY. */
export function createUnsealer(relayKey: Buffer, salt: Buffer, identity: RecordingIdentity) {
  const key = fileKey(relayKey, salt);
  return (index: number, size: number, sealed: Buffer): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index), { authTagLength: tagBytes });
    decipher.setAAD(associatedData(identity, index, size));
    try {
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
    } catch (error) {
      throw new UnreadableRecording('altered', { cause: error });
    }
  };
}

function fileKey(relayKey: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', deriveKey(relayKey, 'recording-cache'), salt, 'file', 32));
}

function nonceOf(index: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 8);
  return nonce;
}

function associatedData({ callId, fileName }: RecordingIdentity, index: number, size: number): Buffer {
  return Buffer.from(JSON.stringify([callId, fileName, index, size]));
}
