import type { Translate } from '../i18n/translate.ts';
import type { Finder } from '../phone/finder.ts';
import type { LoadDesk } from './call-desk-port.ts';
import { createCallUi } from './call-ui.ts';
import type { Find } from './find-marks.ts';
import { createRuler } from './geometry.ts';
import { createHighlighter } from './highlight.ts';
import { createLabelScopes } from './label-scope.ts';
import { watchLateRoots } from './late-roots.ts';
import type { Mark } from './mark.ts';
import { createMarkStore } from './mark-store.ts';
import type { PageMessage } from './messages.ts';
import { createNearMarks } from './near-marks.ts';
import { createObserver } from './observe.ts';
import { createOverlay } from './overlay.ts';
import { createAccount, createPace } from './pace.ts';
import { createPlacement } from './placement.ts';
import { createScanner } from './scanner.ts';
import { standsIn } from './stands-in.ts';

interface PageOptions extends Pick<Finder, 'hints' | 'mayHold'> {
  document: Document;
  find: Find;
  translate: Translate<PageMessage>;
  /** `overlayStyle`: comes with the settings, which keeps it out of the script that every page has to parse. */
  styles: string;
  /** Loads the script that calls and shows cards; without it buttons are only shown. */
  loadDesk?: LoadDesk;
  /** Whether a click on a `tel:` or `callto:` link of the page opens our question instead of the system's dialler. */
  telLinks?: boolean;
  /** Stops everything and removes from the page whatever was put into it. */
  signal: AbortSignal;
}

/** Delay before numbers are checked anew after scrolling, resizing or changes. */
const SETTLE_MS = 120;
const LOOKS_MS = 100;
/** A long page is read in many slices; an animation frame for each would cost more than the reading. */
const ARRIVALS_MS = 60;
const MAY_MOVE = ['transitionend', 'animationend', 'toggle', 'fullscreenchange', 'load', 'click', 'focusin', 'visibilitychange'];

type CallUi = ReturnType<typeof createCallUi>;

/** Finds the phone numbers of a document, keeps up with its changes, and shows a call button beside each number. */
export function startPage({
  document,
  find,
  hints,
  mayHold,
  translate,
  styles,
  loadDesk,
  telLinks = false,
  signal,
}: PageOptions) {
  const window = document.defaultView as Window & typeof globalThis;
  const overlay = createOverlay(document, styles);
  const ruler = createRuler(document);
  const highlighter = createHighlighter(window);
  /** Anchors and deferred blocks that were not measured yet. */
  const added: Element[] = [];
  const store = createMarkStore(document, {
    added(mark) {
      if (!isAwake) uiOfPage().wake();
      isAwake = true;
      near.add(mark);
      added.push(mark.anchor);
    },
    removed(mark) {
      near.remove(mark);
      placement.drop(mark);
    },
    deferred(block) {
      uiOfPage();
      near.watch(block);
      added.push(block);
    },
    undeferred: (block) => near.unwatch(block),
  });
  const near = createNearMarks({
    window,
    unread: store.unread,
    onChange: () => frame.ask(),
    onUnread(blocks) {
      for (const block of blocks) {
        store.undefer(block);
        scanner.addText(block);
      }
      scanner.run();
    },
  });
  const scanner = createScanner({
    find,
    hints,
    mayHold,
    version: () => observer.version(),
    store,
    onRoot: adoptRoot,
    onField: (field) => fields.set(field, field.value),
    onRootless: (element) => lateRoots.meet(element),
    onSlice(done, took) {
      // In an animation frame: measuring between frames would force an extra layout of a page that is changing.
      if (added.length > 0 && (done || performance.now() - arrivedAt > ARRIVALS_MS)) arrivals.ask();
      if (wasRead) account.spend(took);
      if (!done) return;
      wasRead = true;
      near.chooseStrategy();
      lateRoots.look();
    },
  });
  let ui: CallUi | undefined;
  /** Whether a number was ever found. */
  let isAwake = false;
  /** Created only when there may be a number: most pages have none and must not pay for it. */
  function uiOfPage(): CallUi {
    ui ??= createCallUi({
      window,
      overlay,
      ruler,
      translate,
      loadDesk,
      telLinks,
      signal,
      marks: store.all,
      allMarks,
      stillStands,
      place,
      onMoved: onScroll,
      onPointed,
    });
    return ui;
  }
  const placement = createPlacement({
    window,
    overlay,
    ruler,
    highlighter,
    buttonOf: (mark) => uiOfPage().buttonOf(mark),
    dropButton: (mark) => ui?.drop(mark),
  });
  const lateRoots = watchLateRoots((element) => {
    scanner.addTree(element);
    scanner.run();
  });

  const account = createAccount();
  const arrivals = createPace(
    () => {
      arrivedAt = performance.now();
      if (near.measure(added.splice(0)) || !isComplete) place();
    },
    { window, account },
  );
  /** With a larger budget: delays are noticeable while scrolling. */
  const frame = createPace(() => place(), { window, account: createAccount(0.5, 0) });
  const looks = createPace(
    () => {
      if (near.needsMeasuring) near.measure();
      placement.forget();
      place();
    },
    { window, account, leastMs: LOOKS_MS },
  );
  const reading = createPace(refresh, { window, account });
  const settled = createPace(
    () => {
      readFields();
      // Without call buttons there are only fields to compare: no reason to force a layout.
      if (!ui) return;
      if (hasMoved && near.needsMeasuring) near.measure();
      if (stale) placement.forget();
      hasMoved = stale = false;
      putButtons();
      ui.settled(placement.shown);
    },
    { window, account, leastMs: SETTLE_MS },
  );
  const observer = createObserver(
    (kind) => (kind === 'meaning' ? reading : looks).ask(),
    (node) => node === overlay.host,
  );
  const labelScopeOf = createLabelScopes();
  const roots = new Set<Document | ShadowRoot>();
  /** Read-only fields, each with the value that was read. */
  const fields = new Map<HTMLInputElement, string>();
  /** Whether numbers may have been covered or uncovered since they were last looked at. */
  let stale = false;
  /** Whether numbers may have come near the view or left it since. */
  let hasMoved = false;
  /** Whether all buttons in view were placed, and not only as many as there was time for. */
  let isComplete = true;
  let arrivedAt = Number.NEGATIVE_INFINITY;
  /** Whether the first reading is complete: later ones are caused by changes of the page and charged to the account. */
  let wasRead = false;

  function putButtons(): void {
    isComplete = placement.place(near.marks);
    // Missing buttons are noticeable: they get the budget of scrolling, not that of page changes.
    if (!isComplete) frame.ask();
    ui?.placeBeside(placement.isDark);
  }
  function place(arrived?: Mark): void {
    if (arrived) near.measure([arrived.anchor]);
    if (near.marks.size === 0 && placement.shown.size === 0 && !near.needsMeasuring) return;
    putButtons();
    settled.ask();
  }
  function refresh(): void {
    const { trees, texts, removed, everything } = observer.take();
    hasMoved = stale = true;
    if (removed) {
      store.sweep();
      // Forgotten, so that a root that comes back is read again.
      for (const root of roots) if (root !== document && !standsIn(document, root)) roots.delete(root);
    }
    if (removed || everything) near.forgetOrder();
    if (everything) addRoots();
    for (const node of trees) scanner.addTree(node);
    for (const node of texts) scanner.addText(node);
    for (const node of [...trees, ...texts]) for (const scope of labelScopeOf(node)) scanner.addTree(scope);
    scanner.run();
    // Also when the last number is gone, so that its place is no longer watched.
    if (ui || fields.size > 0) settled.ask();
  }
  /** Compares values, because a script that sets a field's value causes neither an event nor a mutation record. */
  function readFields(): void {
    const changed = [...fields].filter(([field, value]) => !field.isConnected || field.value !== value);
    for (const [field] of changed) {
      fields.delete(field);
      scanner.addTree(field);
    }
    if (changed.length > 0) scanner.run();
  }
  function stillStands(mark: Mark): boolean {
    refresh();
    const block = store.blockOf(mark);
    if (block) scanner.readNow([block]);
    // A button whose number has moved follows it now: it then counts as just placed, and the press as too early.
    putButtons();
    return store.blockOf(mark) !== undefined;
  }
  /** The marks of the whole page, in no particular order; reads the deferred blocks first. */
  function allMarks(): Iterable<Mark> {
    scanner.readNow(store.unread);
    return store.all();
  }
  function adoptRoot(root: Document | ShadowRoot): void {
    if (roots.has(root)) return;
    roots.add(root);
    observer.watch(root);
    // Scroll events inside a shadow root are not heard outside of it.
    root.addEventListener('scroll', onScroll, { capture: true, passive: true, signal });
    if (root.nodeType === 11) scanner.addTree(root as ShadowRoot);
  }
  function addRoots(): void {
    for (const root of roots) scanner.addTree(root.nodeType === 11 ? (root as ShadowRoot) : document.documentElement);
  }
  function onScroll(): void {
    hasMoved = stale = true;
    if (!store.isEmpty) frame.ask();
  }
  function onPointed(): void {
    stale = true;
    settled.ask();
  }

  adoptRoot(document);
  window.addEventListener('resize', onScroll, { passive: true, signal });
  const onMaybeMoved = ({ target }: Event) => {
    if (fields.size > 0) settled.ask();
    if (!store.isEmpty && (target === null || target !== overlay.host)) looks.ask();
  };
  for (const type of MAY_MOVE) window.addEventListener(type, onMaybeMoved, { capture: true, passive: true, signal });
  signal.addEventListener('abort', () => {
    for (const part of [observer, scanner, arrivals, frame, looks, reading, settled, lateRoots, ui, near, highlighter, overlay])
      part?.stop();
    ruler.rest();
  });
  scanner.addTree(document.documentElement);
  scanner.runLater();

  return {
    marks: allMarks,
    /** Reads everything again, because the rules for what counts as a number have changed. */
    rescan(): void {
      addRoots();
      scanner.run();
    },
  };
}
