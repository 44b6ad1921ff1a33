import { withArticle } from '@nuages/foundation'
import nunjucks from 'nunjucks'
import type { BlockTagAnswer } from '../engine.ts'
import { TemplateError } from '../errors.ts'
import { isRenderable } from '../renderable.ts'
import { escapeHtml, markSafe, type SafeString } from '../safe-string.ts'
import type { Scope, Template, TemplateHost } from '../template.ts'
import { BlockTable } from './block-table.ts'
import { CallMemo } from './call-memo.ts'
import { compareValues, holds } from './comparison.ts'
import { locate } from './error-location.ts'
import { LinkedTemplates } from './linked-templates.ts'
import { holdsUnloaded, Loads, unloaded } from './loads.ts'
import { Loop } from './loop.ts'
import { lacksMember, memberOfUndefined, missingMember, readMember, undefinedName } from './members.ts'
import { asIs, concatenated, printed } from './printing.ts'
import { isTruthy } from './truth.ts'

type Callable = (...args: unknown[]) => unknown
type TagFunction = (context: Scope, args: readonly unknown[], named: Scope) => unknown

const runtime = nunjucks.runtime as unknown as {
  makeMacro(names: readonly string[], defaults: readonly string[], body: Callable): Callable
}

/**
 * What compiled templates call. One object serves all passes of a render. `missed` counts what was met and is not loaded:
 * code that takes it first can tell afterwards whether an expression was complete.
 */
export class RenderPass {
  missed = 0
  readonly unloaded = unloaded
  readonly loads = new Loads()
  readonly linked: LinkedTemplates
  readonly #host: TemplateHost
  readonly #escapes: boolean
  #filterThis: object | undefined
  /** What tags with bodies want to be given in this pass, if it is the last. */
  #keeping: (() => void | Promise<void>)[] | undefined
  #memo: CallMemo | undefined

  constructor(host: TemplateHost, escapes = true) {
    this.#host = host
    this.#escapes = escapes
    this.linked = new LinkedTemplates(host, this)
  }

  /** To be called before each pass. */
  begin(): void {
    this.missed = 0
    this.#keeping = undefined
  }

  /** Renders once. When something was missed, the text is not the page yet. */
  run(template: Template, scope: Scope): string {
    const blocks = new BlockTable()
    blocks.add(template)
    return template.root(this, blocks, scope)
  }

  // Reading

  required(scope: Scope, name: string): unknown {
    const value = scope[name]
    if (value === undefined && !(name in scope)) throw undefinedName(name, scope)
    return value
  }

  /** The value itself, where something is done with it. */
  use(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const loaded = value === unloaded ? unloaded : this.loads.read(value)
    if (loaded === unloaded) this.missed += 1
    return loaded
  }

  member(target: unknown, key: PropertyKey): unknown {
    if (target === undefined || target === null) return undefined
    const owner = this.#ownerOf(target, key)
    if (owner === undefined || owner === null || owner === unloaded) return owner === unloaded ? unloaded : undefined
    const value = readMember(owner, key)
    return typeof value === 'object' && value !== null ? this.#same(owner as object, key, value) : value
  }

  requiredMember(target: unknown, key: PropertyKey, label: string): unknown {
    const value = this.member(target, key)
    if (value !== undefined) return value
    if (target === undefined) throw memberOfUndefined(key, label)
    const owner = this.#ownerOf(target, key)
    if (lacksMember(owner, key)) throw missingMember(owner, key, label)
    return value
  }

  key(value: unknown): PropertyKey {
    const key = typeof value === 'number' ? value : String(value)
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      throw new TemplateError(`a template may not read '${key}'`)
    }
    return key
  }

  /** A pending value has its own members first, such as a queryset's `filter`; for the others it is loaded. */
  #ownerOf(target: unknown, key: PropertyKey): unknown {
    if (typeof target !== 'object' || target === null || key in target) return target
    return this.use(target)
  }

  /** The object that was met here in an earlier pass, when what is there now has yet to be loaded. */
  #same(owner: object, key: PropertyKey, value: object): unknown {
    const kept = this.#memo?.find(owner, key, [])
    if (kept) return kept.result
    if (this.loads.isUnsettled(value)) this.#keep(owner, key, [], value)
    return value
  }

  #keep(owner: object, key: PropertyKey, args: readonly unknown[], result: unknown): void {
    this.#memo ??= new CallMemo()
    this.#memo.keep(owner, key, args, result)
  }

  #lookupPath(item: unknown, path: string | number): unknown {
    if (typeof path === 'number') return this.use(this.member(item, path))
    return this.use(path.split('.').reduce<unknown>((value, key) => this.member(value, this.key(key)), item))
  }

  // Calling

  callMember(missed: number, target: unknown, key: PropertyKey, args: unknown[], label: string): unknown {
    const owner = this.#ownerOf(target, key)
    if (this.missed !== missed) return unloaded
    if (owner === undefined || owner === null) {
      if (owner === undefined && this.#host.debug)
        throw new TemplateError(`'${label}' cannot be called: what it belongs to is undefined`)
      return undefined
    }
    const method = (owner as Record<PropertyKey, unknown>)[key]
    if (typeof owner === 'object' && method === (Object.prototype as Record<PropertyKey, unknown>)[key]) {
      // What every object has, such as toString(), a pending value has for what it stands for.
      const loaded = this.use(owner)
      if (loaded !== owner) return this.callMember(missed, loaded, key, args, label)
    }
    if (method === undefined && this.#host.debug && typeof owner === 'object')
      throw missingMember(owner, key, label.slice(0, label.lastIndexOf('.')))
    return this.#callable(method, label) ? this.#invoke(owner as object, key, method, owner, args) : undefined
  }

  call(missed: number, target: unknown, args: unknown[], label: string): unknown {
    if (this.missed !== missed) return unloaded
    return this.#callable(target, label) ? this.#invoke(target, 'call', target, undefined, args) : undefined
  }

  filter(missed: number, filter: Callable, args: unknown[]): unknown {
    if (this.missed !== missed) return unloaded
    const result = this.#invoke(filter, 'filter', filter, this.#forFilters(), args)
    return this.missed === missed ? result : unloaded
  }

  /** What filters and tests find as `this`. */
  #forFilters(): object {
    this.#filterThis ??= {
      env: this.#host.environment,
      lookup: (item: unknown, path: string | number) => this.#lookupPath(item, path),
      truthy: isTruthy,
    }
    return this.#filterThis
  }

  is(missed: number, test: Callable, args: unknown[]): boolean {
    return this.missed === missed && test.apply(this.#forFilters(), args) === true
  }

  tag(missed: number, name: string, context: Scope, args: readonly unknown[], named: Scope): unknown {
    return this.#tag(missed, this.#host.tags.get(name)!, context, args, named)
  }

  /** A tag with a body: what stands for the body, or what `body` prints. */
  blockTag(
    missed: number,
    name: string,
    context: Scope,
    args: readonly unknown[],
    named: Scope,
    body: () => string,
  ): unknown {
    const answer = this.use(this.#tag(missed, this.#host.blockTags.get(name)!, context, args, named))
    if (this.missed !== missed) return unloaded
    const { html, keep } = answer as BlockTagAnswer
    if (html !== undefined) return markSafe(html)
    const printed = body()
    if (keep !== undefined) {
      this.#keeping ??= []
      this.#keeping.push(() => keep(printed))
    }
    return markSafe(printed)
  }

  /** Hands out what was printed, once the page is whole; nothing to wait for where nobody wants it. */
  finish(): Promise<void> | undefined {
    const keeping = this.#keeping
    this.#keeping = undefined
    return keeping === undefined ? undefined : handOut(keeping)
  }

  #tag(missed: number, tag: TagFunction, context: Scope, args: readonly unknown[], named: Scope): unknown {
    if (this.missed !== missed) return unloaded
    if (this.missed > 0 && holdsUnloaded([args, named])) return this.use(unloaded)
    // A tag may read the variables around it, so they are part of what it was called with.
    const seen = (): unknown[] => [args, named, this.#localsOf(context)]
    const kept = this.#memo?.find(tag, 'tag', seen())
    if (kept) return kept.result
    const result = tag(context, args, named)
    if (typeof result === 'object' && result !== null && this.loads.isUnsettled(result))
      this.#keep(tag, 'tag', seen(), result)
    return result
  }

  /** What a loop, a macro or an include added to the context. */
  #localsOf(context: Scope): unknown[] {
    const locals: unknown[] = []
    for (let level = context; ; ) {
      const outer: Scope | null = Object.getPrototypeOf(level)
      if (outer === null || outer === this.#host.globals) return locals
      locals.push(...Object.values(level).map((value) => (value instanceof Loop ? value.index0 : value)))
      level = outer
    }
  }

  macro(names: readonly string[], defaults: readonly string[], body: Callable): Callable {
    return runtime.makeMacro(names, defaults, body)
  }

  /** Keyword arguments, as one object that Nunjucks' macros recognise and other functions see as plain options. */
  keywords(named: object): object {
    return Object.defineProperty(named, '__keywords', { value: true, writable: true })
  }

  #callable(value: unknown, label: string): value is Callable {
    if (typeof value === 'function') return true
    if (value === undefined && !this.#host.debug) return false
    const got = value === null ? 'null' : typeof value
    throw new TemplateError(
      `'${label}' cannot be called: it is ${got === 'undefined' ? 'undefined' : `not a function but ${got}`}`,
      {
        hint: 'Properties and getters are read without parentheses.',
      },
    )
  }

  #invoke(owner: object, key: PropertyKey, callable: Callable, self: unknown, args: unknown[]): unknown {
    // What was set from a value that is not loaded yet: nobody is called with that.
    if (this.missed > 0 && holdsUnloaded(args)) return this.use(unloaded)
    const isObject = typeof owner === 'object' || typeof owner === 'function'
    const kept = isObject ? this.#memo?.find(owner, key, args) : undefined
    if (kept) return kept.result
    const result = callable.apply(self, args)
    if (typeof result === 'object' && result !== null && isObject && this.loads.isUnsettled(result)) {
      this.#keep(owner, key, args, result)
    }
    return result
  }

  // Conditions and comparisons

  truthy(value: unknown): boolean {
    return value !== unloaded && isTruthy(value)
  }

  test(missed: number, value: unknown): boolean | undefined {
    const used = this.use(value)
    return this.missed === missed ? isTruthy(used) : undefined
  }

  compare(a: unknown, operator: string, b: unknown): boolean {
    return compareValues(a, operator, b)
  }

  /** `a < b < c`, as Python reads it. */
  compareAll(first: unknown, rest: readonly unknown[]): boolean {
    let left = first
    for (let index = 0; index < rest.length; index += 2) {
      if (!compareValues(left, rest[index] as string, rest[index + 1])) return false
      left = rest[index + 1]
    }
    return true
  }

  contains(missed: number, item: unknown, container: unknown): boolean {
    return this.missed === missed && holds(container, item, (other) => this.use(other))
  }

  concat(a: unknown, b: unknown): unknown {
    return concatenated(this.#asHtml(a), this.#asHtml(b))
  }

  #asHtml(value: unknown): unknown {
    return isRenderable(value) ? markSafe(this.linked.rendered(value)) : value
  }

  // Printing

  text(value: unknown): string {
    if (!this.#escapes) return this.plain(value)
    if (typeof value === 'string') return escapeHtml(value)
    if (typeof value === 'number') return `${value}`
    return this.#printed(value, escapeHtml)
  }

  plain(value: unknown): string {
    return typeof value === 'string' ? value : this.#printed(value, asIs)
  }

  #printed(value: unknown, encode: (text: string) => string): string {
    const used = this.use(value)
    return isRenderable(used) ? this.linked.rendered(used) : printed(used, encode, this.#host.debug)
  }

  safe(html: string): SafeString {
    return markSafe(html)
  }

  // Loops

  loop(length: number): Loop {
    return new Loop(length)
  }

  /** What a loop goes over; `null` when that has to be loaded first. */
  items(missed: number, value: unknown, names: string): readonly unknown[] | null {
    let used = this.use(value)
    if (typeof used === 'object' && used !== null && Symbol.asyncIterator in used && !(Symbol.iterator in used)) {
      used = this.use(this.loads.readIterable(used as AsyncIterable<unknown>))
    }
    if (this.missed !== missed) return null
    if (Array.isArray(used)) return used
    if (used === undefined || used === null || used === false) return []
    if (typeof used === 'string' || (typeof used === 'object' && Symbol.iterator in used))
      return Array.from(used as Iterable<unknown>)
    if (!this.#host.debug) return []
    throw new TemplateError(`'for ${names} in …' cannot loop over ${withArticle(typeof used)}`, {
      hint: 'A list, a set, a map or a queryset can be looped over; an object with {% for key, value in object %}.',
    })
  }

  /** What a loop with several names goes over: lists of values, or the keys and values of an object. */
  entries(missed: number, value: unknown, names: string): readonly unknown[] | null {
    const used = this.use(value)
    if (this.missed !== missed) return null
    if (typeof used !== 'object' || used === null || Symbol.iterator in used || Symbol.asyncIterator in used) {
      const items = this.items(missed, used, names)?.map((item) => this.use(item)) ?? null
      return this.missed === missed ? items : null
    }
    return Object.entries(used)
  }

  failed(error: unknown, template: Template, line: number): unknown {
    return locate(error, template, line)
  }
}

async function handOut(keeping: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const keep of keeping) await keep()
}
