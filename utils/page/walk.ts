import { flowsInline, kindOf, openRootOf } from './element-kinds.ts';
import type { TextRun } from './text-run.ts';

/** What a walk meets. A block's `leave` comes after everything that stands directly in it. */
export interface Visitor {
  /** The text of a block that holds nothing else; its nodes were not touched, which would double the cost of the walk. */
  text(block: Node, text: string): void;
  run(block: Node, run: TextRun): void;
  /** A link or field. */
  special(block: Node, element: Element): void;
  leave(block: Node): void;
  /** The block is read again from its start: what was met directly in it so far no longer counts. */
  restart(block: Node): void;
  root(root: ShadowRoot): void;
}

interface Level {
  parent: Node;
  next: Node | null;
  block: boolean;
}

/** A walk over a subtree in document order that can be left at the end of any block and taken up again. */
export interface Walk {
  /** True when all was visited; false when `mustPause` said so at a place where no text was open. */
  advance(mustPause: () => boolean): boolean;
}

/**
 * With `shallow`, blocks inside the start node are passed by: only the text directly in it is visited. A walk that starts at an
 * inline element visits the blocks in it alone: the text directly in it belongs to a block around it.
 */
export function createWalk(start: Node, visitor: Visitor, shallow = false): Walk {
  const levels: Level[] = [];
  let run: TextRun = { nodes: [], crossed: [] };
  let crossed: Element[] | undefined;
  let begun = false;

  const blockOf = (): Node | undefined => levels.findLast((level) => level.block)?.parent;
  const flush = (): void => {
    if (run.nodes.length === 0) return;
    crossed = undefined;
    const block = blockOf();
    if (block) visitor.run(block, run);
    run = { nodes: [], crossed: [] };
  };
  const cross = (element: Element): void => {
    if (run.nodes.length === 0) return;
    crossed ??= [];
    crossed.push(element);
  };
  const enterBlock = (node: Node): void => {
    flush();
    if ((node as ParentNode).firstElementChild === null) {
      visitor.text(node, node.textContent as string);
      visitor.leave(node);
    } else levels.push({ parent: node, next: node.firstChild, block: true });
  };
  const enterInline = (element: Element): void => {
    cross(element);
    levels.push({ parent: element, next: element.firstChild, block: false });
  };
  const special = (element: Element): void => {
    const block = blockOf();
    if (block) visitor.special(block, element);
  };
  const enter = (element: Element): void => {
    const kind = kindOf(element);
    const root = openRootOf(element, kind);
    if (root) visitor.root(root);
    if (kind === 'block') {
      if (shallow) flush();
      else enterBlock(element);
    } else if (kind === 'break') flush();
    else if (kind === 'input') {
      flush();
      special(element);
    } else if (kind === 'custom' && !flowsInline(element)) {
      if (shallow) flush();
      else enterBlock(element);
    } else if (kind !== 'skip') {
      if (kind === 'link') special(element);
      enterInline(element);
    }
  };
  const exit = (level: Level): void => {
    if (level.block) {
      flush();
      visitor.leave(level.parent);
    } else cross(level.parent as Element);
    levels.pop();
  };
  const begin = (): void => {
    begun = true;
    if (shallow || start.nodeType !== 1) {
      if ((start as ParentNode).firstElementChild === null) enterBlock(start);
      else levels.push({ parent: start, next: start.firstChild, block: true });
    } else enter(start as Element);
  };
  /** The page may have changed between two slices: a level whose next node went elsewhere starts again, which does no harm. */
  const repair = (): void => {
    for (const level of levels) {
      if (!level.next || level.next.parentNode === level.parent) continue;
      level.next = level.parent.isConnected ? level.parent.firstChild : null;
      if (level.block) visitor.restart(level.parent);
    }
  };

  return {
    advance(mustPause) {
      if (begun) repair();
      else begin();
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

/** The block, or root, whose walk visits the text at `node`; null inside what holds no readable text. */
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
