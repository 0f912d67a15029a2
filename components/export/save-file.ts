/** Hands a text or bytes to the person as a file; needs no permission for downloads. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Firefox reads the address after the press is over.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
