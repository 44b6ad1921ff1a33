import { TemplateError } from '../errors.ts'
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
  readonly #templates = new Map<string, Template>()

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
      return Array.isArray(name) ? this.#firstOf(template, name) : this.#find(name, 'include', template)
    } catch (error) {
      if (ignoreMissing && error instanceof TemplateError && error.code === 'template-does-not-exist') return undefined
      throw error
    }
  }

  /** `{% include ['a.html', 'b.html'] %}`: the first that exists. */
  #firstOf(template: Template, names: readonly unknown[]): Template {
    const last = names.length - 1
    for (const [index, name] of names.entries()) {
      try {
        return this.#find(name, 'include', template)
      } catch (error) {
        if (index === last || !(error instanceof TemplateError) || error.code !== 'template-does-not-exist') throw error
      }
    }
    throw new TemplateError("'include' got an empty list of names")
  }

  #find(name: unknown, tag: string, from: Template): Template {
    const wanted = this.#templateName(name, tag)
    const key = wanted.startsWith('.') ? `${from.name}\n${wanted}` : wanted
    const known = this.#templates.get(key)
    if (known) return known
    const found = this.#host.find(wanted, from)
    this.#templates.set(key, found)
    return found
  }

  #templateName(name: unknown, tag: string): string {
    if (typeof name === 'string' || name instanceof SafeString) return String(name)
    throw new TemplateError(`'${tag}' takes the name of a template, and got ${name === null ? 'null' : typeof name}`)
  }
}
