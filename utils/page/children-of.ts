/** The children of an element. A form answers with its field of that name when it is asked for `children`. */
export function* childrenOf(parent: ParentNode): Generator<Element> {
  for (let child = parent.firstElementChild; child; child = child.nextElementSibling) yield child;
}
