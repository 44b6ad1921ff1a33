import type { RouteTemplate, Slot } from './route.ts'

/** Alternatives multiply: an expression with more ways than this is reversed by the first ones only. */
const mostTemplates = 64

/** What a class or an escape may stand for, tried in this order: the result is checked against the expression anyway. */
const samples = [...'0aA-_.~!$ /@:,;=xé']

type Pieces = RouteTemplate[]

/**
 * The ways to write out a regular expression so that it matches, with a slot for each group: Django's `regex_helper`.
 * Quantified text is written as seldom as the quantifier allows; an optional group gives a way without it and one with it.
 */
export function regexTemplates(source: string, flags: string): readonly RouteTemplate[] {
  return new Reader(source, flags).alternatives()
}

class Reader {
  readonly #source: string
  readonly #flags: string
  /** Beside named groups, unnamed ones take no argument. */
  readonly #named: boolean
  #position = 0

  constructor(source: string, flags: string) {
    this.#source = source
    this.#flags = flags
    this.#named = /\(\?<[^=!]/.test(source)
  }

  alternatives(): Pieces {
    const all: Pieces = [...this.#sequence()]
    while (this.#take('|')) all.push(...this.#sequence())
    return all.slice(0, mostTemplates)
  }

  #sequence(): Pieces {
    let ways: Pieces = [[]]
    while (this.#position < this.#source.length && !this.#at('|') && !this.#at(')')) {
      const atom = this.#atom()
      const least = this.#quantifier()
      const choices = repeated(atom, least)
      ways = ways.flatMap((way) => choices.map((choice) => [...way, ...choice])).slice(0, mostTemplates)
    }
    return ways
  }

  #atom(): Pieces {
    const char = this.#source[this.#position]!
    if (char === '(') return this.#group()
    if (char === '[') return [[this.#member(this.#class())]]
    if (char === '\\') return this.#escape()
    this.#position++
    if (char === '^' || char === '$') return [[]]
    return [[char]]
  }

  #group(): Pieces {
    this.#position++
    const special = this.#match(/\?(?:<([^=!>][^>]*)>|<?[=!]|[a-z-]*:)/y)
    const inner = this.alternatives()
    this.#take(')')
    if (special === null) return this.#named ? inner : [[slot(undefined)]]
    if (special[1] !== undefined) return [[slot(special[1])]]
    const looksAround = !special[0].endsWith(':')
    return looksAround ? [[]] : inner
  }

  #escape(): Pieces {
    const back = this.#match(/\\k<([^>]+)>/y)
    if (back !== null) return [[slot(back[1]!)]]
    if (this.#match(/\\[bB]/y) !== null) return [[]]
    const code = this.#match(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]+)\})/iy)
    if (code !== null) return [[String.fromCodePoint(Number.parseInt((code[1] ?? code[2] ?? code[3])!, 16))]]
    const set = this.#match(/\\(?:[dDwWsS]|[pP]\{[^}]*\})/y)
    if (set !== null) return [[this.#member(set[0])]]
    const char = this.#source[this.#position + 1] ?? ''
    this.#position += 2
    return [[char]]
  }

  /** The text of a character class; with the `v` flag classes may hold classes. */
  #class(): string {
    const start = this.#position
    let depth = 0
    do {
      const char = this.#source[this.#position]
      if (char === '\\') this.#position++
      else if (char === '[' && (depth === 0 || this.#flags.includes('v'))) depth++
      else if (char === ']') depth--
      this.#position++
    } while (depth > 0 && this.#position < this.#source.length)
    return this.#source.slice(start, this.#position)
  }

  /** Some character of the class: one of the samples, else the first one written in it. */
  #member(set: string): string {
    const one = new RegExp(`^${set}$`, this.#flags)
    return samples.find((sample) => one.test(sample)) ?? set.replace(/^\[\^?\\?/, '').charAt(0)
  }

  /** How often at least the atom before must be written. */
  #quantifier(): number {
    const match = this.#match(/(?:([*?])|(\+)|\{(\d+)(?:,\d*)?\})\??/y)
    if (match === null || match[2] !== undefined) return 1
    return match[1] !== undefined ? 0 : Number(match[3])
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#position
    const match = pattern.exec(this.#source)
    if (match !== null) this.#position += match[0].length
    return match
  }

  #at(char: string): boolean {
    return this.#source[this.#position] === char
  }

  #take(char: string): boolean {
    const here = this.#at(char)
    if (here) this.#position++
    return here
  }
}

function repeated(atom: Pieces, least: number): Pieces {
  const takesArguments = atom.some((way) => way.some((piece) => typeof piece !== 'string'))
  if (least === 0) return takesArguments ? [[], ...atom] : [[]]
  if (takesArguments || least === 1) return atom
  return atom.map((way) => Array.from({ length: least }, () => way).flat())
}

function slot(name: string | undefined): Slot {
  return { name, format: (value) => (value === undefined || value === null ? undefined : String(value)) }
}
