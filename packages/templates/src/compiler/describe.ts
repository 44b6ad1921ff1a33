import type { Expression } from '../syntax/nodes.ts'

/** The expression as a person would write it, for messages: `post.author.name`, `posts.filter()`. */
export function describe(node: Expression): string {
  switch (node.typename) {
    case 'Symbol':
      return node.value
    case 'Literal':
      return JSON.stringify(node.value)
    case 'LookupVal': {
      const { target, val } = node
      if (val.typename === 'Literal' && typeof val.value === 'string') return `${describe(target)}.${val.value}`
      return `${describe(target)}[${describe(val)}]`
    }
    case 'FunCall':
      return `${describe(node.name)}()`
    case 'Filter':
      return `${node.args.children[0] ? describe(node.args.children[0]) : ''} | ${node.name.value}`
    case 'Group':
      return `(${node.children.map(describe).join(', ')})`
    default:
      return 'the expression'
  }
}
