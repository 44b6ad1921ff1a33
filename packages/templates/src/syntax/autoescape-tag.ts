import type { NodeClasses, Parser, SyntaxExtension } from './nunjucks-parser.ts'

/** `{% autoescape off %} … {% endautoescape %}`, Django's. */
export const autoescapeTag: SyntaxExtension = {
  tags: ['autoescape'],
  parse(parser: Parser, _nodes: NodeClasses): unknown {
    const tag = parser.nextToken()!
    const setting = parser.nextToken()
    const value = setting?.value
    if (value !== 'on' && value !== 'off') {
      parser.fail(`'autoescape' takes 'on' or 'off', not '${value ?? ''}'`, tag.lineno, tag.colno)
    }
    parser.advanceAfterBlockEnd(tag.value)
    const body = parser.parseUntilBlocks('endautoescape')
    parser.advanceAfterBlockEnd()
    return { typename: 'Autoescape', lineno: tag.lineno, colno: tag.colno, on: value === 'on', body }
  },
}
