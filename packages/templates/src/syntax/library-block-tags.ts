import { parseArguments } from './library-tags.ts'
import type { NodeClasses, Parser, SyntaxExtension } from './nunjucks-parser.ts'

/** Parses the tags of the libraries that have a body: `{% name 'a' key=value %} … {% endname %}`. */
export class LibraryBlockTags implements SyntaxExtension {
  readonly tags: readonly string[]

  constructor(tags: readonly string[]) {
    this.tags = tags
  }

  parse(parser: Parser, nodes: NodeClasses, lexer: { readonly TOKEN_BLOCK_END: string }): unknown {
    const tag = parser.nextToken()!
    const { lineno, colno, value: name } = tag
    const { positional, named, variable } = parseArguments(parser, nodes, tag, lexer.TOKEN_BLOCK_END)
    if (variable !== undefined) parser.fail(`the tag '${name}' prints its body; it takes no 'as'`, lineno, colno)
    parser.advanceAfterBlockEnd(name)
    const body = parser.parseUntilBlocks(`end${name}`)
    if (parser.peekToken() === null) parser.fail(`there is no {% end${name} %}`, lineno, colno)
    parser.advanceAfterBlockEnd()
    const args = new nodes.NodeList(lineno, colno, [
      ...positional,
      ...(named.length > 0 ? [new nodes.KeywordArgs(lineno, colno, named)] : []),
    ])
    return new nodes.Output(lineno, colno, [{ typename: 'CallBlock', lineno, colno, name, args, body }])
  }
}
