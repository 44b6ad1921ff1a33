interface Variable {
  readonly code: string
  /** A variable of `{% set %}` may not have been reached yet; a loop's or a macro's always has its value. */
  readonly certain: boolean
}

/**
 * The names that stand for local variables of the generated code: a loop's, a macro's arguments, what is set inside a
 * loop or a block. Every other name is read from the context at run time.
 */
export class CompileScope {
  readonly parent: CompileScope | undefined
  readonly #variables = new Map<string, Variable>()

  constructor(parent?: CompileScope) {
    this.parent = parent
  }

  declare(name: string, code: string, certain: boolean): void {
    this.#variables.set(name, { code, certain })
  }

  /** The variables that may hold `name`, from the inside out, up to one that certainly does. */
  find(name: string): Variable[] {
    const found: Variable[] = []
    for (let scope: CompileScope | undefined = this; scope; scope = scope.parent) {
      const variable = scope.#variables.get(name)
      if (!variable) continue
      found.push(variable)
      if (variable.certain) break
    }
    return found
  }

  /** The code of the variables declared in this very scope. */
  own(): string[] {
    return [...this.#variables.values()].map(({ code }) => code)
  }

  /** Every visible local name with its code: what an included template sees besides the context. */
  visible(): Map<string, string> {
    const all = this.parent ? this.parent.visible() : new Map<string, string>()
    for (const [name, { code }] of this.#variables) all.set(name, code)
    return all
  }
}
