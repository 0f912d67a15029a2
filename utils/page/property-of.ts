const getters = new Map<string, () => unknown>();

/** A property by its prototype getter: on a form, a field of that name shadows the property, in our isolated world too. */
export function propertyOf<Owner extends Node, Name extends keyof Owner>(node: Owner, name: Name & string): Owner[Name] {
  let get = getters.get(name);
  if (!get) {
    const holder = Object.hasOwn(Element.prototype, name) ? Element.prototype : Node.prototype;
    get = Object.getOwnPropertyDescriptor(holder, name)?.get as () => unknown;
    getters.set(name, get);
  }
  return get.call(node) as Owner[Name];
}

type Method = 'closest' | 'contains' | 'getBoundingClientRect' | 'getRootNode' | 'matches';

/** Calls a method of the prototype, which a field of that name shadows likewise. */
export function callOn<Name extends Method>(
  element: Element,
  name: Name,
  ...given: Parameters<Element[Name]>
): ReturnType<Element[Name]> {
  return (Element.prototype[name] as (...given: unknown[]) => ReturnType<Element[Name]>).apply(element, given);
}
