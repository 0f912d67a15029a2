import { flowsInline, kindOf } from './element-kinds.ts';
import type { TextRun } from './text-run.ts';

/** What a walk meets directly in a block. */
export interface Visitor {
  run(run: TextRun): void;
  /** A link or field. */
  special(element: Element): void;
  /** The block changed under the walk and is read again from its start: what was met so far no longer counts. */
  restart(): void;
}

interface Level {
  parent: Node;
  next: Node | null;
}

/** Work on the page that can be left and taken up again. */
export interface Walk {
  /** True when all was done; false when `mustPause` said so at a place where no text was open. */
  advance(mustPause: () => boolean): boolean;
}

/** A walk over the lines of text that stand directly in a block, in document order; blocks inside it part them and are passed by. */
export function createWalk(block: Node, visitor: Visitor): Walk {
  let levels: Level[] = [{ parent: block, next: block.firstChild }];
  let run: TextRun = { nodes: [], crossed: [] };
  let crossed: Element[] | undefined;

  const flush = (): void => {
    if (run.nodes.length === 0) return;
    crossed = undefined;
    visitor.run(run);
    run = { nodes: [], crossed: [] };
  };
  const cross = (element: Element): void => {
    if (run.nodes.length === 0) return;
    crossed ??= [];
    crossed.push(element);
  };
  const enter = (element: Element): void => {
    const kind = kindOf(element);
    if (kind === 'skip') return;
    if (kind === 'link' || kind === 'input') visitor.special(element);
    if (kind === 'inline' || kind === 'link' || (kind === 'custom' && flowsInline(element))) {
      cross(element);
      levels.push({ parent: element, next: element.firstChild });
    } else flush();
  };
  const exit = (level: Level): void => {
    levels.pop();
    if (levels.length > 0) cross(level.parent as Element);
  };

  return {
    advance(mustPause) {
      // The page may have changed between two slices.
      if (levels.some(({ parent, next }) => next && next.parentNode !== parent)) {
        levels = [{ parent: block, next: block.firstChild }];
        visitor.restart();
      }
      for (let steps = 0; levels.length > 0; steps++) {
        const level = levels[levels.length - 1] as Level;
        const node = level.next;
        if (node === null) {
          exit(level);
        } else {
          level.next = node.nextSibling;
          if (node.nodeType === 3) {
            if (crossed) run.crossed[run.nodes.length] = crossed;
            crossed = undefined;
            run.nodes.push(node as Text);
          } else if (node.nodeType === 1) enter(node as Element);
        }
        if (steps > 15 && run.nodes.length === 0) {
          steps = 0;
          if (mustPause()) return levels.length === 0;
        }
      }
      flush();
      return true;
    },
  };
}

/** The block, or root, in whose lines the text at `node` stands; null inside what holds no readable text. */
export function blockAround(node: Node): Node | null {
  for (let at: Node | null = node; at; at = at.parentNode) {
    if (at.nodeType === 11) return at;
    if (at.nodeType !== 1) continue;
    const kind = kindOf(at as Element);
    if (kind === 'skip' || kind === 'break') return null;
    if (kind === 'block' || (kind === 'custom' && !flowsInline(at as Element))) return at;
  }
  return null;
}
