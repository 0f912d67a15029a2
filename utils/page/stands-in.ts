/** Whether a node stands in a document: pages hand parts of theirs to windows of their own. */
export function standsIn(document: Document, node: Node): boolean {
  return node.isConnected && node.ownerDocument === document;
}
