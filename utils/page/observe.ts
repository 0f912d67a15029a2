import { kindOf } from './element-kinds.ts';
import { isReadField } from './find-marks.ts';

/** More places than this changed between two readings, and the whole document is read again instead of each. */
const PLACES_BUDGET = 10_000;

/** Above this many stored records they are reduced to the places they concern, which are few even on a busy page. */
const RECORDS_KEPT = 2_000;

// Attributes that make text editable, or give an element its number.
const MEANING = ['contenteditable', 'role', 'readonly', 'disabled', 'href', 'type', 'value'];
// What shows, hides or covers numbers without a word changing.
const LOOKS = ['class', 'style', 'hidden', 'open'];

export interface Changes {
  /** Nodes to read with everything below. */
  trees: Set<Element>;
  /** Nodes whose own line of text has to be read. */
  texts: Set<Node>;
  removed: boolean;
  /** Too much changed to go through: read everything. */
  everything: boolean;
}

export interface Observer {
  watch(root: Document | ShadowRoot): void;
  /** What changed since the last call; the batches are kept as they came until then. */
  take(): Changes;
  /** Grows with every change of what the page says. */
  version(): number;
  stop(): void;
}

/** The one MutationObserver. Told of a change it only notes it, so a page that changes often pays little for it. */
export function createObserver(onChange: (kind: 'meaning' | 'looks') => void, isOwn: (node: Node) => boolean): Observer {
  let batches: MutationRecord[][] = [];
  let count = 0;
  let changes = noChanges();
  let version = 0;
  const isOwnRecord = ({ addedNodes }: MutationRecord): boolean => addedNodes.length === 1 && isOwn(addedNodes[0] as Node);
  const note = (records: MutationRecord[]): void => {
    if (records.every(isTyped)) return;
    count += records.length;
    batches.push(records);
    if (count > RECORDS_KEPT) sortOut();
    if (records.length === 1 && isOwnRecord(records[0] as MutationRecord)) return;
    const isLooks = records.every(isAboutLooks);
    if (!isLooks) version++;
    onChange(isLooks ? 'looks' : 'meaning');
  };
  const sortOut = (): void => {
    for (const records of batches) for (const record of records) sort(record, changes);
    batches = [];
    count = 0;
    if (changes.trees.size + changes.texts.size > PLACES_BUDGET) changes = { ...noChanges(), removed: true, everything: true };
  };
  const observer = new MutationObserver(note);

  return {
    watch(root) {
      observer.observe(root, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
        attributeFilter: [...MEANING, ...LOOKS],
      });
    },
    take() {
      note(observer.takeRecords());
      sortOut();
      const taken = changes;
      changes = noChanges();
      return taken;
    },
    version: () => version,
    stop() {
      observer.disconnect();
      batches = [];
      changes = noChanges();
    },
  };
}

function noChanges(): Changes {
  return { trees: new Set(), texts: new Set(), removed: false, everything: false };
}

/** Whether a record cannot bring a number: a `value` attribute set while typing, as React does at every key. */
function isTyped({ attributeName, target }: MutationRecord): boolean {
  return attributeName === 'value' && !isReadField(target as HTMLInputElement);
}

function isAboutLooks(record: MutationRecord): boolean {
  return record.type === 'attributes' && (LOOKS.includes(record.attributeName as string) || isTyped(record));
}

function sort(record: MutationRecord, changes: Changes): void {
  if (changes.everything) return;
  // Each property of a record that is read costs about as much as noting the record.
  const { type, target } = record;
  if (type === 'characterData') {
    changes.texts.add(target);
    return;
  }
  if (type === 'attributes') {
    if (isAboutLooks(record)) return;
    changes.trees.add(target as Element);
    changes.texts.add(target);
    return;
  }
  const { addedNodes, removedNodes, previousSibling, nextSibling } = record;
  // A block added between two lines separates them, one removed joins them; inside an inline element any change may.
  let line = (!isBreaking(previousSibling) && !isBreaking(nextSibling)) || !isBreaking(target);
  for (const node of addedNodes) {
    if (node.nodeType === 1) changes.trees.add(node as Element);
    line ||= !isBreaking(node);
  }
  for (const node of removedNodes) line ||= !isBreaking(node);
  if (removedNodes.length > 0) changes.removed = true;
  if (line) changes.texts.add(target);
}

/** Whether a change beside this neighbour cannot join or part a line of text. */
function isBreaking(node: Node | null): boolean {
  return node === null || node.nodeType > 3 || (node.nodeType === 1 && kindOf(node as Element) === 'block');
}
