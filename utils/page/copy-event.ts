/** A copy of an event, to be dispatched elsewhere; it is not trusted. */
export function copyEvent<Kind extends Event>(
  event: Kind,
  EventKind: new (type: string, init: EventInit) => Kind,
  changes: EventInit & { type?: string; relatedTarget?: EventTarget | null },
): Kind {
  const init: Record<string, unknown> = {};
  for (const key in event) init[key] = event[key];
  return new EventKind(changes.type ?? event.type, { ...init, ...changes });
}
