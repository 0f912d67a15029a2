import { flowsInline, kindOf } from './element-kinds.ts';
import { propertyOf } from './property-of.ts';
import type { TextRun } from './text-run.ts';

/** Receives what a walk meets directly in a block. */
export interface Visitor {
  run(run: TextRun): void;
  /** A link or field. */
  special(element: Element): void;
  /** The block changed during the walk and is read again from its start: what was met so far is void. */
  restart(): void;
}

/** Work in steps, after each of which the caller may check the clock and pause the work; after a step of `true` it must. */
export type Steps<Result = void> = Generator<true | undefined, Result>;

/** Nodes between two pauses. A line of text is gathered without one, unless it is as long as no line of ordinary pages is. */
const STRIDE = 16;
const STRIDE_IN_LINE = 1_000;

/** Visits the lines of text directly in a block, in document order; blocks inside it separate the lines and are skipped. */
export function* walkLines(block: Node, visitor: Visitor): Steps {
  let run: TextRun = { nodes: [], crossed: [] };
  let crossed: Element[] | undefined;
  let steps = 0;

  const flush = (): void => {
    if (run.nodes.length > 0) visitor.run(run);
    crossed = undefined;
    run = { nodes: [], crossed: [] };
  };
  const cross = (element: Element): void => {
    if (run.nodes.length === 0) return;
    crossed ??= [];
    crossed.push(element);
  };
  /** False when the page moved the current node while the work was paused. */
  function* inside(parent: Node): Steps<boolean> {
    for (let node = propertyOf(parent, 'firstChild'); node; node = propertyOf(node, 'nextSibling')) {
      if (node.nodeType === 3) {
        if (crossed) run.crossed[run.nodes.length] = crossed;
        crossed = undefined;
        run.nodes.push(node as Text);
      } else if (node.nodeType === 1) {
        const element = node as Element;
        const kind = kindOf(element);
        if (kind === 'link' || kind === 'input') visitor.special(element);
        if (kind === 'inline' || kind === 'link' || (kind === 'custom' && flowsInline(element))) {
          cross(element);
          if (!(yield* inside(element))) return false;
          cross(element);
        } else if (kind !== 'skip') flush();
      }
      if (++steps > (run.nodes.length === 0 ? STRIDE : STRIDE_IN_LINE)) {
        steps = 0;
        yield;
      }
      if (propertyOf(node, 'parentNode') !== parent) return false;
    }
    return true;
  }

  while (!(yield* inside(block))) {
    run = { nodes: [], crossed: [] };
    crossed = undefined;
    visitor.restart();
  }
  flush();
}

/** The block or root in whose lines the text at `node` stands; null inside elements without readable text. */
export function blockAround(node: Node): Node | null {
  for (let at: Node | null = node; at; at = propertyOf(at, 'parentNode')) {
    if (at.nodeType === 11) return at;
    if (at.nodeType !== 1) continue;
    const kind = kindOf(at as Element);
    if (kind === 'skip' || kind === 'break') return null;
    if (kind === 'block' || (kind === 'custom' && !flowsInline(at as Element))) return at;
  }
  return null;
}
