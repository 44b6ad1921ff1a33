import type { TemplateName } from '../engine.ts'
import { TemplateError } from '../errors.ts'
import { listKey, nameKey } from '../loading/template-address.ts'
import { type Renderable, type Rendering, renderable } from '../renderable.ts'
import { SafeString } from '../safe-string.ts'
import type { Scope, Template, TemplateHost } from '../template.ts'
import { BlockTable } from './block-table.ts'
import { unloaded } from './loads.ts'
import type { RenderPass } from './render-pass.ts'

const nothing: Template = { name: '', file: undefined, source: '', root: () => '', blocks: {} }

/** How the templates of one page reach each other: inheritance, includes and imports. */
export class LinkedTemplates {
  readonly #host: TemplateHost
  readonly #pass: RenderPass
  /** One page is made of one version of each template, looked for once. */
  #templates: Map<string, Template> | undefined
  /** What has to be loaded is met again in the next pass, so a value is asked once. */
  #renderings: Map<Renderable, Rendering> | undefined

  constructor(host: TemplateHost, pass: RenderPass) {
    this.#host = host
    this.#pass = pass
  }

  /** `{% extends %}` */
  parent(template: Template, name: unknown, blocks: BlockTable): Template {
    if (name === unloaded) return nothing
    const parent = this.#host.find(this.#templateName(name, 'extends'), template, blocks.chain)
    blocks.add(parent)
    return parent
  }

  /** `{% include %}`; of a list of names, the first that exists. */
  include(missed: number, template: Template, name: unknown, scope: Scope, ignoreMissing: boolean): string {
    if (this.#pass.missed !== missed) return ''
    const included = this.#included(template, name, ignoreMissing)
    return included ? this.#pass.run(included, Object.create(scope)) : ''
  }

  /** What `value` prints itself as. */
  rendered(value: Renderable): string {
    this.#renderings ??= new Map()
    const known = this.#renderings.get(value)
    const rendering = known ?? value[renderable]()
    if (!known) this.#renderings.set(value, rendering)
    const { template, context } = rendering
    const names = typeof template === 'string' || template instanceof URL ? [template] : template
    return this.#pass.run(this.#firstOf(names), Object.assign(Object.create(this.#host.globals), context))
  }

  /** `{% import %}`: what the template sets and defines at its top level. */
  imported(missed: number, template: Template, name: unknown, scope: Scope | undefined): Scope {
    const exported: Scope = Object.create(null)
    if (this.#pass.missed !== missed) return exported
    const found = this.#find(name, 'import', template)
    const blocks = new BlockTable()
    blocks.add(found)
    found.root(this.#pass, blocks, Object.create(scope ?? this.#host.globals), exported)
    return exported
  }

  importedName(module: Scope, name: string): unknown {
    if (name in module) return module[name]
    throw new TemplateError(
      `cannot import '${name}': the template defines ${Object.keys(module).join(', ') || 'nothing'}`,
    )
  }

  #included(template: Template, name: unknown, ignoreMissing: boolean): Template | undefined {
    try {
      if (!Array.isArray(name)) return this.#find(name, 'include', template)
      const names = name.map((one: unknown) => this.#templateName(this.#pass.use(one), 'include'))
      return this.#firstOf(names, template)
    } catch (error) {
      if (ignoreMissing && error instanceof TemplateError && error.code === 'template-does-not-exist') return undefined
      throw error
    }
  }

  #firstOf(names: readonly TemplateName[], from?: Template): Template {
    if (names.length === 0) throw new TemplateError('the list of names of templates is empty')
    return this.#once(listKey(names, from), () => this.#host.select(names, from))
  }

  #find(name: unknown, tag: string, from: Template): Template {
    const wanted = this.#templateName(name, tag)
    return this.#once(nameKey(wanted, from), () => this.#host.find(wanted, from))
  }

  #once(key: string, find: () => Template): Template {
    this.#templates ??= new Map()
    const known = this.#templates.get(key)
    if (known) return known
    const found = find()
    this.#templates.set(key, found)
    return found
  }

  #templateName(name: unknown, tag: string): TemplateName {
    if (name instanceof URL) return name
    if (typeof name === 'string' || name instanceof SafeString) return String(name)
    throw new TemplateError(`'${tag}' takes the name of a template, and got ${name === null ? 'null' : typeof name}`)
  }
}
