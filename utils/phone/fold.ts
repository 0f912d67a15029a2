/** Without diacritics; as long as the composed text, so that offsets hold. */
export function fold(composed: string): string {
  return composed.replace(/[\u0080-\u1fff]/g, bare);
}

function bare(letter: string): string {
  return letter === 'đ' ? 'd' : letter.normalize('NFD').charAt(0);
}
