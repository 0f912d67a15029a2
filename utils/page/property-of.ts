const getters = new Map<string, () => unknown>();

/** A property of an element. A form that is asked itself answers with its field of that name, in our world too. */
export function propertyOf<Name extends keyof Element>(element: Element, name: Name & string): Element[Name] {
  let get = getters.get(name);
  if (!get) {
    const holder = Object.hasOwn(Element.prototype, name) ? Element.prototype : Node.prototype;
    get = Object.getOwnPropertyDescriptor(holder, name)?.get as () => unknown;
    getters.set(name, get);
  }
  return get.call(element) as Element[Name];
}
