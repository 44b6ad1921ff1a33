import { CatalogueError } from '../errors.ts'

/** Which of its forms a message with a number takes. */
export type PluralRule = (number: number) => number

type Evaluate = (n: number) => number

/** GNU's rule for languages like English. */
export const germanicRule: PluralRule = (number) => (number === 1 ? 0 : 1)

const tokens = /\s*(\d{1,9}|n|\|\||&&|[=!<>]=|[<>!?:%*/+()-])/y
const longest = 1000
const deepest = 100

/** By how strongly they bind, the weakest first. */
const operators: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { '||': (a, b) => Number(a !== 0 || b !== 0) },
  { '&&': (a, b) => Number(a !== 0 && b !== 0) },
  { '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b) },
  {
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => Math.trunc(a / b), '%': (a, b) => a % b },
]

/**
 * Reads the header `Plural-Forms` of a catalogue: `nplurals=2; plural=(n != 1);`. The expression is C's, of `n` and whole numbers, and is
 * evaluated as a tree: nothing of a catalogue is ever run as code. A number for which it gives no form takes the first, as with GNU
 * gettext. Throws `CatalogueError` for anything else.
 */
export function pluralRule(header: string): PluralRule {
  const [, forms, source] = /^\s*nplurals\s*=\s*(\d{1,2})\s*;\s*plural\s*=\s*([^;]+);?\s*$/s.exec(header) ?? []
  if (forms === undefined || source === undefined || source.length > longest) {
    throw new CatalogueError(`'${header.slice(0, longest)}' is no rule for plurals.`, {
      hint: 'It takes the form of: nplurals=2; plural=(n != 1);',
    })
  }
  const evaluate = new ExpressionParser(source).parse()
  const count = Number(forms)
  return (number) => {
    const form = evaluate(Math.abs(number))
    return Number.isInteger(form) && form >= 0 && form < count ? form : 0
  }
}

class ExpressionParser {
  readonly #source: string
  #position = 0
  #depth = 0
  #token: string | undefined

  constructor(source: string) {
    this.#source = source.trimEnd()
    this.#advance()
  }

  parse(): Evaluate {
    const evaluate = this.#conditional()
    if (this.#token !== undefined) throw this.#unexpected()
    return evaluate
  }

  #conditional(): Evaluate {
    if (++this.#depth > deepest) throw new CatalogueError('A rule for plurals is nested too deeply.')
    const test = this.#binary(0)
    let evaluate = test
    if (this.#take('?')) {
      const then = this.#conditional()
      this.#expect(':')
      const otherwise = this.#conditional()
      evaluate = (n) => (test(n) === 0 ? otherwise(n) : then(n))
    }
    this.#depth -= 1
    return evaluate
  }

  #binary(level: number): Evaluate {
    const known = operators[level]
    if (known === undefined) return this.#unary()
    let left = this.#binary(level + 1)
    while (this.#token !== undefined && Object.hasOwn(known, this.#token)) {
      const apply = known[this.#token]!
      this.#advance()
      const [a, b] = [left, this.#binary(level + 1)]
      left = (n) => apply(a(n), b(n))
    }
    return left
  }

  #unary(): Evaluate {
    let negations = 0
    while (this.#take('!')) negations += 1
    const operand = this.#primary()
    if (negations === 0) return operand
    return negations % 2 === 1 ? (n) => Number(operand(n) === 0) : (n) => Number(operand(n) !== 0)
  }

  #primary(): Evaluate {
    if (this.#take('(')) {
      const inner = this.#conditional()
      this.#expect(')')
      return inner
    }
    const token = this.#token
    if (token === 'n') {
      this.#advance()
      return (n) => n
    }
    if (token === undefined || !/^\d/.test(token)) throw this.#unexpected()
    this.#advance()
    const value = Number(token)
    return () => value
  }

  #take(token: string): boolean {
    if (this.#token !== token) return false
    this.#advance()
    return true
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#unexpected()
  }

  #advance(): void {
    if (this.#position >= this.#source.length) {
      this.#token = undefined
      return
    }
    tokens.lastIndex = this.#position
    const [, token] = tokens.exec(this.#source) ?? []
    if (token === undefined) throw this.#unexpected()
    this.#token = token
    this.#position = tokens.lastIndex
  }

  #unexpected(): CatalogueError {
    return new CatalogueError(`The rule for plurals '${this.#source}' is no expression of n and numbers.`, {
      hint: 'It takes n, whole numbers, parentheses and C’s ? : || && == != < > <= >= + - * / % !',
    })
  }
}
