import { describe, expect, it } from 'vitest';
import { downloadDisposition } from './download-name.ts';

const startedAt = Date.UTC(2026, 2, 2, 3, 5);
const zone = 'Asia/Ho_Chi_Minh';

describe('the name of a downloaded recording', () => {
  it.each([
    ['+84912345678', 'a.mp3', '2026-03-02 10.05 +84912345678.mp3', '2026-03-02%2010.05%20%2B84912345678.mp3'],
    ['1001', 'x.WAV', '2026-03-02 10.05 1001.wav', '2026-03-02%2010.05%201001.wav'],
    ['Đỗ Trân', 'no ending', '2026-03-02 10.05 do tran.mp3', '2026-03-02%2010.05%20%C4%90%E1%BB%97%20Tr%C3%A2n.mp3'],
    ['"\r\nSet-Cookie: a=b', 'a.mp3', '2026-03-02 10.05 set-cookie ab.mp3', '2026-03-02%2010.05%20Set-Cookie%20ab.mp3'],
    ['../..\\x', 'a./../b', '2026-03-02 10.05 ....x.mp3', '2026-03-02%2010.05%20....x.mp3'],
    ['中文', 'a.mp3', '2026-03-02 10.05 __.mp3', '2026-03-02%2010.05%20%E4%B8%AD%E6%96%87.mp3'],
    ['', 'a.mp3', '2026-03-02 10.05.mp3', '2026-03-02%2010.05.mp3'],
  ])('of a call with %j, kept as %j', (number, fileName, plain, encoded) => {
    expect(downloadDisposition({ startedAt, number, fileName }, zone)).toBe(
      `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    );
  });
});
