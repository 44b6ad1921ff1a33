import type { Expression, Literal, Output, Pair, Statement } from './nodes.ts'
import { isSymbol, type NodeClasses, type Parser, type SyntaxExtension, type Token } from './nunjucks-parser.ts'

interface Lexer {
  readonly TOKEN_BLOCK_END: string
}

/** What may follow in a tag for a translation, as it is read. */
class TagOptions {
  readonly pairs = new Map<string, Expression>()
  counter: string | undefined
  context: Expression | undefined
  variable: string | undefined
  isTrimmed = false
  isUntranslated = false
}

/**
 * `{% trans "Hello {name}" name=user.name context "greeting" as text %}`, Django's, with values as a message of code has them;
 * also called `translate`.
 */
export const transTag: SyntaxExtension = {
  tags: ['trans', 'translate'],
  parse(parser: Parser, nodes: NodeClasses, lexer: Lexer): unknown {
    const tag = parser.nextToken()!
    const message = parser.parseUnary()
    const options = parseOptions(parser, tag, lexer, ['context', 'as', 'noop'])
    parser.advanceAfterBlockEnd(tag.value)
    const args = [message, options.context ?? literal(tag, null), literal(tag, options.isUntranslated)]
    return called(nodes, tag, 'trans', args, [...options.pairs], options.variable)
  },
}

/**
 * `{% blocktrans count n=files.length %}{{ n }} file{% plural %}{{ n }} files{% endblocktrans %}`, Django's: the text between the tags
 * is HTML, and names in it stand for what is printed. Also called `blocktranslate`.
 */
export const blockTransTag: SyntaxExtension = {
  tags: ['blocktrans', 'blocktranslate'],
  parse(parser: Parser, nodes: NodeClasses, lexer: Lexer): unknown {
    const tag = parser.nextToken()!
    const keywords = ['with', 'and', 'count', 'context', 'trimmed', 'asvar']
    const options = parseOptions(parser, tag, lexer, keywords)
    parser.advanceAfterBlockEnd(tag.value)
    const values = new Map<string, Expression>()
    const end = `end${tag.value}`
    const singular = bodyMessage(parser, tag, parser.parseUntilBlocks('plural', end), options, values)
    let plural: string | null = null
    if (parser.skipSymbol('plural')) {
      if (options.counter === undefined) fail(parser, tag, "'plural' needs a number: {% blocktrans count n=… %}")
      parser.advanceAfterBlockEnd('plural')
      plural = bodyMessage(parser, tag, parser.parseUntilBlocks(end), options, values)
    } else if (options.counter !== undefined) fail(parser, tag, "'count' needs a {% plural %}")
    if (parser.peekToken() === null) fail(parser, tag, `there is no {% ${end} %}`)
    parser.advanceAfterBlockEnd()
    const count = options.counter === undefined ? literal(tag, null) : options.pairs.get(options.counter)!
    const args = [literal(tag, singular), literal(tag, plural), count, options.context ?? literal(tag, null)]
    const printed = [...values].map(([name, value]) => [name, capture(tag, value)] as const)
    return called(nodes, tag, 'blocktrans', args, printed, options.variable)
  },
}

function parseOptions(parser: Parser, tag: Token, lexer: Lexer, keywords: readonly string[]): TagOptions {
  const options = new TagOptions()
  let isCount = false
  while (parser.peekToken()?.type !== lexer.TOKEN_BLOCK_END) {
    const token = parser.nextToken()
    if (token === null) parser.fail('the template ends inside a tag')
    if (token.type === 'comma') continue
    if (token.type !== 'symbol') fail(parser, tag, `'${token.value}' does not belong here`)
    const name = token.value
    if (parser.skipValue('operator', '=')) {
      if (options.pairs.has(name)) fail(parser, tag, `'${name}' is given twice`)
      options.pairs.set(name, parser.parseUnary())
      if (isCount) options.counter = name
      isCount = false
      continue
    }
    if (!keywords.includes(name))
      fail(parser, tag, `'${name}' is neither a value (${name}=…) nor one of ${keywords.join(', ')}`)
    if (name === 'count') isCount = true
    else if (name === 'context') options.context = parser.parseUnary()
    else if (name === 'trimmed') options.isTrimmed = true
    else if (name === 'noop') options.isUntranslated = true
    else if (name === 'as' || name === 'asvar') options.variable = variableName(parser, tag, name)
  }
  if (isCount) fail(parser, tag, "'count' takes a name and a number: count n=…")
  return options
}

function variableName(parser: Parser, tag: Token, after: string): string {
  const token = parser.nextToken()
  if (token?.type !== 'symbol') fail(parser, tag, `a name has to follow '${after}'`)
  return token.value
}

/** The message that a body is, with `{name}` for what it prints, which is added to `values`. */
function bodyMessage(
  parser: Parser,
  tag: Token,
  body: Statement,
  options: TagOptions,
  values: Map<string, Expression>,
): string {
  const children = (body as { readonly children: readonly Statement[] }).children
  const outputs = children.flatMap((child) => {
    if (child.typename === 'Output') return (child as Output).children
    return fail(parser, tag, 'there can be no other tag inside')
  })
  const text = outputs.map((child) => {
    if (child.typename === 'TemplateData') return child.value
    if (!isSymbol(child)) {
      fail(parser, tag, 'only names can be printed inside; give others one: {% blocktrans with name=user.name %}')
    }
    values.set(child.value, options.pairs.get(child.value) ?? child)
    return `{${child.value}}`
  })
  return options.isTrimmed ? trimmed(text.join('')) : text.join('')
}

/** Lines without the space around them, with one space between. */
function trimmed(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
}

function literal({ lineno, colno }: Token, value: Literal['value']): Literal {
  return { typename: 'Literal', lineno, colno, value }
}

/** What is printed for a value, escaped or not as it would be there. */
function capture({ lineno, colno }: Token, value: Expression): Expression {
  const body: Statement = { typename: 'Output', lineno, colno, children: [value] }
  return { typename: 'Capture', lineno, colno, body }
}

/** A call of a tag of the library, printed or kept in a variable. */
function called(
  nodes: NodeClasses,
  { lineno, colno }: Token,
  name: string,
  args: readonly Expression[],
  named: readonly (readonly [string, Expression])[],
  variable: string | undefined,
): unknown {
  const pairs: Pair[] = named.map(([key, value]) => {
    return { typename: 'Pair', lineno, colno, key: { typename: 'Literal', lineno, colno, value: key }, value }
  })
  const children = pairs.length === 0 ? args : [...args, { typename: 'KeywordArgs', lineno, colno, children: pairs }]
  const list = { typename: 'NodeList', lineno, colno, children }
  const call = { typename: 'CallExtension', lineno, colno, extName: name, prop: 'run', args: list }
  if (variable === undefined) return new nodes.Output(lineno, colno, [call])
  return new nodes.Set(lineno, colno, [new nodes.Symbol(lineno, colno, variable)], call)
}

function fail(parser: Parser, tag: Token, message: string): never {
  parser.fail(`in the tag '${tag.value}', ${message}`, tag.lineno, tag.colno)
}
