/** Removes diacritics from lower-case composed text; the length stays the same, so offsets hold. */
export function fold(composed: string): string {
  return composed.replace(/[\u0080-\u1fff]/g, bare);
}

function bare(letter: string): string {
  return letter === 'đ' ? 'd' : letter.normalize('NFD').charAt(0);
}
