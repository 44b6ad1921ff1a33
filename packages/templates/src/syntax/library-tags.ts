import type { Expression } from './nodes.ts'
import { isSymbol, type NodeClasses, type Parser, type SyntaxExtension, type Token } from './nunjucks-parser.ts'

/**
 * Parses the tags of the libraries: `{% name 'a' b.c key=value as variable %}`. Arguments stand side by side as in
 * Django, or with commas between; one with operators goes in parentheses.
 */
export class LibraryTags implements SyntaxExtension {
  readonly tags: readonly string[]

  constructor(tags: readonly string[]) {
    this.tags = tags
  }

  parse(parser: Parser, nodes: NodeClasses, lexer: { readonly TOKEN_BLOCK_END: string }): unknown {
    const tag = parser.nextToken()!
    const { positional, named, variable } = parseArguments(parser, nodes, tag, lexer.TOKEN_BLOCK_END)
    parser.advanceAfterBlockEnd(tag.value)
    const { lineno, colno } = tag
    const args = new nodes.NodeList(lineno, colno, [
      ...positional,
      ...(named.length > 0 ? [new nodes.KeywordArgs(lineno, colno, named)] : []),
    ])
    const call = { typename: 'CallExtension', lineno, colno, extName: tag.value, prop: 'run', args }
    if (variable === undefined) return new nodes.Output(lineno, colno, [call])
    return new nodes.Set(lineno, colno, [new nodes.Symbol(lineno, colno, variable)], call)
  }
}

export interface TagArguments {
  readonly positional: readonly Expression[]
  readonly named: readonly unknown[]
  readonly variable: string | undefined
}

export function parseArguments(parser: Parser, nodes: NodeClasses, tag: Token, blockEnd: string): TagArguments {
  const positional: Expression[] = []
  const named: unknown[] = []
  const names = new Set<string>()
  while (!atEnd(parser, blockEnd)) {
    if (parser.skipSymbol('as')) return { positional, named, variable: parseVariable(parser, tag) }
    const argument = parser.parseUnary()
    if (parser.skipValue('operator', '=')) {
      if (!isSymbol(argument)) fail(parser, tag, "the left side of '=' has to be a name")
      if (names.has(argument.value)) fail(parser, tag, `'${argument.value}' is given twice`)
      names.add(argument.value)
      named.push(new nodes.Pair(argument.lineno, argument.colno, argument, parser.parseUnary()))
    } else {
      if (named.length > 0) fail(parser, tag, 'positional arguments go before named ones')
      positional.push(argument)
    }
    if (!parser.skip('comma')) rejectOperator(parser, tag)
  }
  return { positional, named, variable: undefined }
}

function atEnd(parser: Parser, blockEnd: string): boolean {
  const token = parser.peekToken()
  if (token === null) parser.fail('the template ends inside a tag')
  return token.type === blockEnd
}

function parseVariable(parser: Parser, tag: Token): string {
  const token = parser.nextToken()
  if (token?.type !== 'symbol') fail(parser, tag, "a name has to follow 'as'")
  return token.value
}

function rejectOperator(parser: Parser, tag: Token): void {
  const token = parser.peekToken()
  if (token?.type === 'operator' && token.value !== '-' && token.value !== '+') {
    fail(parser, tag, `'${token.value}' does not belong between arguments; put an expression in parentheses`)
  }
}

function fail(parser: Parser, tag: Token, message: string): never {
  parser.fail(`in the tag '${tag.value}', ${message}`, tag.lineno, tag.colno)
}
