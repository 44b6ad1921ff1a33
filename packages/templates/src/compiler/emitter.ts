import type { Block, Expression, Statement } from '../syntax/nodes.ts'
import { CompileScope } from './compile-scope.ts'

/** What a template may name, and how strict the code has to be about names that are not there. */
export interface CompileOptions {
  /** Undefined names throw. */
  readonly strict: boolean
  readonly hasFilter: (name: string) => boolean
  readonly filterNames: () => Iterable<string>
  readonly hasTest: (name: string) => boolean
  readonly testNames: () => Iterable<string>
}

/** Both halves of the compiler, for each to reach the other: a macro's body is statements, its defaults are expressions. */
export interface Writers {
  statement(emit: Emitter, node: Statement): void
  expression(emit: Emitter, node: Expression): string
}

/** What the functions of one template have in common. */
export class Compilation {
  readonly options: CompileOptions
  readonly writers: Writers
  readonly fail: (message: string, node: { lineno: number; colno: number }) => never
  /** Blocks met so far; each becomes a function of its own. */
  readonly blocks = new Map<string, { block: Block; autoescape: boolean }>()
  /** Names set at the top level of the template: they live in its context. */
  readonly contextNames = new Set<string>()
  #lastId = 0

  constructor(options: CompileOptions, writers: Writers, fail: Compilation['fail']) {
    this.options = options
    this.writers = writers
    this.fail = fail
  }

  id(prefix: string): string {
    this.#lastId += 1
    return `${prefix}${this.#lastId}`
  }
}

interface BlockIdentity {
  readonly name: string
  /** The name of its function in the generated code. */
  readonly id: string
}

/** Writes the body of one generated function. */
export class Emitter {
  readonly shared: Compilation
  readonly kind: 'root' | 'block' | 'macro'
  /** The block the function is, or stands in. */
  readonly block: BlockIdentity | undefined
  scope: CompileScope
  autoescape: boolean
  readonly #temporaries: string[] = []
  #lines: string[] = []
  #line = -1

  constructor(
    shared: Compilation,
    kind: Emitter['kind'],
    options: { scope?: CompileScope; autoescape: boolean; block?: BlockIdentity | undefined },
  ) {
    this.shared = shared
    this.kind = kind
    this.scope = options.scope ?? new CompileScope()
    this.autoescape = options.autoescape
    this.block = options.block
  }

  get strict(): boolean {
    return this.shared.options.strict
  }

  /** Whether `{% set %}` here writes to the template's context rather than to a local variable. */
  get atTopLevel(): boolean {
    return this.kind === 'root' && this.scope.parent === undefined
  }

  write(code: string): void {
    this.#lines.push(code)
  }

  /** Notes the line for the error that the next statement may throw. */
  at(node: { readonly lineno: number }): void {
    if (node.lineno === this.#line) return
    this.#line = node.lineno
    this.write(`line = ${node.lineno + 1};`)
  }

  /** After code that may or may not have run, the line has to be noted again. */
  forgetLine(): void {
    this.#line = -1
  }

  /** A variable of the function, declared at its top. */
  temporary(): string {
    const name = this.shared.id('t')
    this.#temporaries.push(name)
    return name
  }

  /** What `body` writes, as text, instead of into the function. */
  capture(body: () => void): string {
    const outer = this.#lines
    this.#lines = []
    this.forgetLine()
    body()
    const code = this.#lines.join('\n')
    this.#lines = outer
    this.forgetLine()
    return code
  }

  /** Runs `body` with a scope of its own. */
  inScope(body: () => void): void {
    const outer = this.scope
    this.scope = new CompileScope(outer)
    body()
    this.scope = outer
  }

  /** The context with the local variables in it, for what runs elsewhere: included templates, blocks, tags. */
  contextCode(): string {
    const locals = [...this.scope.visible()]
    if (locals.length === 0) return 'scope'
    return `{__proto__: scope, ${locals.map(([name, code]) => `[${JSON.stringify(name)}]: ${code}`).join(', ')}}`
  }

  /** The function, whole: errors leave it with the template and the line they happened at. */
  functionCode(name: string, parameters: string, result: string): string {
    const temporaries = this.#temporaries.length > 0 ? `var ${this.#temporaries.join(', ')};` : ''
    return `function ${name}(${parameters}) {
let line = 0, out = "";${temporaries}
try {
${this.#lines.join('\n')}
${result}
} catch (error) { throw rt.failed(error, template, line); }
}`
  }
}
