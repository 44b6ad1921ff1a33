import nunjucks from 'nunjucks'
import type { Expression, Root, Statement, SymbolNode } from './nodes.ts'

/** A token of Nunjucks' lexer. */
export interface Token {
  readonly type: string
  readonly value: string
  readonly lineno: number
  readonly colno: number
}

/** What tags need of Nunjucks' parser, which its own types leave out. */
export interface Parser {
  nextToken(): Token | null
  peekToken(): Token | null
  skip(type: string): boolean
  skipSymbol(name: string): boolean
  skipValue(type: string, value: string): boolean
  parseUnary(): Expression
  parsePrimary(): Expression
  parseUntilBlocks(...names: string[]): Statement
  advanceAfterBlockEnd(name?: string): Token
  fail(message: string, line?: number, column?: number): never
}

type NodeClass = new (lineno: number, colno: number, ...fields: unknown[]) => Expression & Statement

export interface NodeClasses {
  readonly NodeList: NodeClass
  readonly Pair: NodeClass
  readonly KeywordArgs: NodeClass
  readonly Output: NodeClass
  readonly Set: NodeClass
  readonly Symbol: NodeClass
}

/** What Nunjucks calls an extension: tags, and how to parse them. */
export interface SyntaxExtension {
  readonly tags: readonly string[]
  parse(parser: Parser, nodes: NodeClasses, lexer: { readonly TOKEN_BLOCK_END: string }): unknown
}

/** What Nunjucks throws for a template that it cannot parse: lines and columns count from 1 here. */
export interface ParseFailure extends Error {
  readonly lineno?: number
  readonly colno?: number
}

const internals = nunjucks as unknown as {
  readonly parser: { parse(source: string, extensions: readonly SyntaxExtension[], options: object): Root }
}

/** Parses with Nunjucks' lexer and parser. */
export function parseTemplate(source: string, extensions: readonly SyntaxExtension[]): Root {
  return internals.parser.parse(source, extensions, {})
}

export function isSymbol(node: { readonly typename: string }): node is SymbolNode {
  return node.typename === 'Symbol'
}
