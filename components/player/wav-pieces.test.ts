import { expect, it } from 'vitest';
import { wavPieces } from './wav-pieces.ts';

interface Wav {
  kind?: number;
  bits?: number;
  channels?: number;
  extra?: string;
  stated?: number;
  rate?: number;
  samples: number[];
}
const chunk = (name: string, content: ArrayBufferLike, stated = content.byteLength) =>
  Buffer.concat([
    Buffer.from(name),
    Buffer.from(Uint32Array.of(stated).buffer),
    Buffer.from(content),
    Buffer.alloc(content.byteLength % 2),
  ]);
function wav({ kind = 1, bits = 16, channels = 1, extra = '', stated, rate = 8_000, samples }: Wav): Uint8Array {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(kind, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt16LE(bits, 14);
  const parts = [
    chunk('fmt ', new Uint8Array(format).buffer),
    chunk('LIST', new TextEncoder().encode(extra).buffer),
    chunk('data', Int16Array.from(samples).buffer, stated),
  ];
  return new Uint8Array(chunk('RIFF', new Uint8Array(Buffer.concat([Buffer.from('WAVE'), ...parts])).buffer));
}
const read = (file: Uint8Array, most?: number) => {
  const pieces = wavPieces(file, most);
  return pieces && [...pieces].map(({ channels }) => channels.map((channel) => [...channel].map((sample) => sample * 32_768)));
};

it.each<[what: string, wav: Wav, pieces: number[][][] | null]>([
  ['mono', { samples: [1, -2, 3, 4, 5] }, [[[1, -2, 3]], [[4, 5]]]],
  [
    'both sides of a call',
    { channels: 2, samples: [1, 2, 3, 4, 5, 6, 7, 8] },
    [
      [
        [1, 3, 5],
        [2, 4, 6],
      ],
      [[7], [8]],
    ],
  ],
  ['a chunk of odd length before the samples', { extra: 'abc', samples: [1] }, [[[1]]]],
  ['a file that was cut off', { channels: 2, stated: 4_000_000_000, samples: [1, 2, 3] }, [[[1], [2]]]],
  ['a file whose header was never finished', { stated: 0, samples: [1, 2] }, [[[1, 2]]]],
  ['no samples', { samples: [] }, []],
  ['eight bits', { bits: 8, samples: [1] }, null],
  ['another coding', { kind: 7, samples: [1] }, null],
  ['a rate of a broken header', { rate: 1, samples: [1] }, null],
  ['no channel', { channels: 0, samples: [1] }, null],
])('reads %s', (_, file, pieces) => {
  expect(read(wav(file), 3)).toEqual(pieces);
});

it.each([0, 3, 11, 20, 30, 44])('reads nothing of a file of %d bytes', (length) => {
  expect(read(wav({ samples: [1, 2] }).subarray(0, length))).toBeNull();
});

it('reads nothing of another file', () => {
  expect(wavPieces(new TextEncoder().encode('ID3 and so on, for some bytes'))).toBeNull();
});
