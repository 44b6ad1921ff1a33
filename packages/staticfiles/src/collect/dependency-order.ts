/**
 * The nodes in an order in which each comes after those it depends on; nodes that depend on each other in a circle come
 * together. Tarjan's algorithm, without recursion: a chain of scripts may be longer than the stack.
 */
export function dependencyOrder(dependencies: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order: string[][] = []
  const indices = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()

  for (const root of dependencies.keys()) if (!indices.has(root)) visit(root)
  return order

  function visit(root: string): void {
    const path = [enter(root)]
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const { node, rest } = frame
      const { value: next, done } = rest.next()
      if (done) {
        path.pop()
        const parent = path.at(-1)?.node
        if (parent !== undefined) lower(parent, lowest.get(node)!)
        if (lowest.get(node) === indices.get(node)) order.push(takeCircle(node))
      } else if (!indices.has(next)) path.push(enter(next))
      else if (onStack.has(next)) lower(node, indices.get(next)!)
    }
  }

  function enter(node: string): { readonly node: string; readonly rest: Iterator<string> } {
    indices.set(node, indices.size)
    lowest.set(node, indices.get(node)!)
    stack.push(node)
    onStack.add(node)
    return { node, rest: (dependencies.get(node) ?? new Set<string>()).values() }
  }

  function lower(node: string, index: number): void {
    lowest.set(node, Math.min(lowest.get(node)!, index))
  }

  function takeCircle(node: string): string[] {
    const circle = stack.splice(stack.lastIndexOf(node))
    for (const member of circle) onStack.delete(member)
    return circle
  }
}
