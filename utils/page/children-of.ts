import { propertyOf } from './property-of.ts';

/** The children of an element or root; safe for forms, where a field's name can shadow a property such as `children`. */
export function* childrenOf(parent: ParentNode): Generator<Element> {
  let child = parent.nodeType === 11 ? parent.firstElementChild : propertyOf(parent as Element, 'firstElementChild');
  for (; child; child = propertyOf(child, 'nextElementSibling')) yield child;
}
