/** Whether a node is in this document: pages may move elements to the document of a window they open. */
export function standsIn(document: Document, node: Node): boolean {
  return node.isConnected && node.ownerDocument === document;
}
