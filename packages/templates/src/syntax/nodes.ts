/** The tree that Nunjucks' parser makes, as far as the compiler reads it. Lines and columns count from 0. */
interface Position {
  readonly lineno: number
  readonly colno: number
}

type NodeOf<Name extends string, Fields> = Position & { readonly typename: Name } & Fields

interface List<Name extends string, Child = Expression> extends Position {
  readonly typename: Name
  readonly children: readonly Child[]
}

export type Literal = NodeOf<'Literal', { value: string | number | boolean | null | RegExp }>
export type SymbolNode = NodeOf<'Symbol', { value: string }>
export type Pair = NodeOf<'Pair', { key: Literal | SymbolNode; value: Expression }>
export type KeywordArgs = List<'KeywordArgs', Pair>
export type LookupVal = NodeOf<'LookupVal', { target: Expression; val: Expression }>
export type FunCall = NodeOf<'FunCall', { name: Expression; args: List<'NodeList'> }>
export type Filter = NodeOf<'Filter', { name: SymbolNode; args: List<'NodeList'> }>
export type InlineIf = NodeOf<'InlineIf', { cond: Expression; body: Expression; else_: Expression | null }>
export type Is = NodeOf<'Is', { left: Expression; right: Expression }>
export type Compare = NodeOf<
  'Compare',
  { expr: Expression; ops: NodeOf<'CompareOperand', { expr: Expression; type: string }>[] }
>
export type BinaryName = 'And' | 'Or' | 'Add' | 'Concat' | 'Sub' | 'Mul' | 'Div' | 'FloorDiv' | 'Mod' | 'Pow' | 'In'
export type Binary = NodeOf<BinaryName, { left: Expression; right: Expression }>
export type Unary = NodeOf<'Not' | 'Neg' | 'Pos', { target: Expression }>
export type Capture = NodeOf<'Capture', { body: Statement }>
export type Caller = NodeOf<'Caller', { name: SymbolNode; args: MacroArgs; body: Statement }>
/** A tag of a library, as an expression: its result. */
export type CallExtension = NodeOf<'CallExtension', { extName: string; prop: string; args: List<'NodeList'> }>
/** A tag of a library that has a body, as an expression: what it prints. */
export type CallBlock = NodeOf<'CallBlock', { name: string; args: List<'NodeList'>; body: Statement }>

export type Expression =
  | Literal
  | SymbolNode
  | List<'Group'>
  | List<'Array'>
  | List<'Dict', Pair>
  | KeywordArgs
  | LookupVal
  | FunCall
  | Filter
  | InlineIf
  | Is
  | Compare
  | Binary
  | Unary
  | Capture
  | Caller
  | CallExtension
  | CallBlock

type MacroArgs = List<'NodeList', SymbolNode | KeywordArgs>

export type TemplateData = NodeOf<'TemplateData', { value: string }>
export type Output = List<'Output', Expression | TemplateData>
export type If = NodeOf<'If', { cond: Expression; body: Statement; else_: Statement | null }>
export type For = NodeOf<
  'For',
  { arr: Expression; name: SymbolNode | List<'Array', SymbolNode>; body: Statement; else_: Statement | null }
>
export type Macro = NodeOf<'Macro', { name: SymbolNode; args: MacroArgs; body: Statement }>
export type Import = NodeOf<'Import', { template: Expression; target: SymbolNode; withContext: boolean | null }>
export type FromImport = NodeOf<
  'FromImport',
  {
    template: Expression
    names: List<'NodeList', SymbolNode | NodeOf<'Pair', { key: SymbolNode; value: SymbolNode }>>
    withContext: boolean | null
  }
>
export type Block = NodeOf<'Block', { name: SymbolNode; body: Statement }>
export type Extends = NodeOf<'Extends', { template: Expression }>
export type Include = NodeOf<'Include', { template: Expression; ignoreMissing: boolean | null }>
export type SetNode = NodeOf<'Set', { targets: SymbolNode[]; value: Expression | null; body?: Capture }>
export type Switch = NodeOf<
  'Switch',
  { expr: Expression; cases: NodeOf<'Case', { cond: Expression; body: Statement }>[]; default: Statement | null }
>
export type Autoescape = NodeOf<'Autoescape', { on: boolean; body: Statement }>

export type Statement =
  | List<'NodeList', Statement>
  | List<'Root', Statement>
  | Output
  | If
  | For
  | Macro
  | Import
  | FromImport
  | Block
  | Extends
  | Include
  | SetNode
  | Switch
  | Autoescape

export type Root = List<'Root', Statement>
