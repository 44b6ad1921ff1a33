import type { UrlLeaf } from './url-leaf.ts'

/** A stretch of text that routes share, and what may follow it. */
class Node {
  label: string
  /** By the first character of their labels: one of them at most goes on with a path. */
  readonly children = new Map<number, Node>()
  /** After a value without `/` that fills a path segment. */
  segment: Node | undefined
  /** Leaves whose whole shape leads here: the path must end. */
  readonly ending: UrlLeaf[] = []
  /** Leaves that only their own regular expression can judge from here on. */
  readonly open: UrlLeaf[] = []

  constructor(label: string) {
    this.label = label
  }
}

/**
 * Narrows the leaves of a URLconf down to those that may match a path, by the text of their routes. It never judges: what it
 * leaves out cannot match, what it lets through is tried in order, so the first match stays Django's.
 */
export class RouteTrie {
  readonly #root = new Node('')

  constructor(leaves: readonly UrlLeaf[]) {
    for (const leaf of leaves) this.#insert(leaf)
  }

  /** The leaves to try, in their order. `path` is without its leading `/`. */
  candidates(path: string): readonly UrlLeaf[] {
    const found: (readonly UrlLeaf[])[] = []
    walk(this.#root, path, 0, found)
    if (found.length === 0) return none
    return found.length === 1 ? found[0]! : found.flat().sort((first, second) => first.order - second.order)
  }

  #insert(leaf: UrlLeaf): void {
    let node = this.#root
    const { pieces, complete } = trieShape(leaf)
    for (const piece of pieces) {
      if (piece === 'segment') node = node.segment ??= new Node('')
      else node = descend(node, piece)
    }
    ;(complete ? node.ending : node.open).push(leaf)
  }
}

const none: readonly UrlLeaf[] = []

/** The part of a leaf's routes that a trie can follow: text, and values that fill a whole segment. */
function trieShape(leaf: UrlLeaf): { pieces: (string | 'segment')[]; complete: boolean } {
  const all = joined(leaf)
  const pieces: (string | 'segment')[] = []
  for (const [index, piece] of all.entries()) {
    const next = all[index + 1]
    const fillsSegment =
      piece === 'segment' &&
      (index === 0 || textOf(all[index - 1]).endsWith('/')) &&
      (next === undefined || textOf(next).startsWith('/'))
    if (typeof piece !== 'string') pieces.push(piece.text)
    else if (fillsSegment) pieces.push('segment')
    else return { pieces, complete: false }
  }
  return { pieces, complete: true }
}

type Piece = UrlLeaf['levels'][number]['route']['shape'][number]

function textOf(piece: Piece | undefined): string {
  return typeof piece === 'object' ? piece.text : ''
}

/** The shapes of all levels as one, neighbouring text joined. */
function joined(leaf: UrlLeaf): Piece[] {
  const all: Piece[] = []
  for (const piece of leaf.levels.flatMap(({ route }) => route.shape)) {
    const last = all.at(-1)
    if (typeof piece === 'object' && typeof last === 'object') all[all.length - 1] = { text: last.text + piece.text }
    else all.push(piece)
  }
  return all
}

/** The node at the end of `text` below `node`, made where there is none; a label that only begins alike is split. */
function descend(node: Node, text: string): Node {
  if (text === '') return node
  const child = node.children.get(text.charCodeAt(0))
  if (child === undefined) {
    const leaf = new Node(text)
    node.children.set(text.charCodeAt(0), leaf)
    return leaf
  }
  let shared = 1
  while (shared < child.label.length && text[shared] === child.label[shared]) shared++
  if (shared === child.label.length) return descend(child, text.slice(shared))
  const middle = new Node(text.slice(0, shared))
  node.children.set(text.charCodeAt(0), middle)
  child.label = child.label.slice(shared)
  middle.children.set(child.label.charCodeAt(0), child)
  return descend(middle, text.slice(shared))
}

function walk(node: Node, path: string, position: number, found: (readonly UrlLeaf[])[]): void {
  if (node.open.length > 0) found.push(node.open)
  if (position === path.length) {
    if (node.ending.length > 0) found.push(node.ending)
    return
  }
  const child = node.children.get(path.charCodeAt(position))
  if (child !== undefined && path.startsWith(child.label, position)) {
    walk(child, path, position + child.label.length, found)
  }
  if (node.segment !== undefined) {
    const end = path.indexOf('/', position)
    walk(node.segment, path, end === -1 ? path.length : end, found)
  }
}
