import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TemplateName } from '../engine.ts'
import { TemplateError } from '../errors.ts'
import type { Template } from '../template.ts'
import { resolveName } from './template-finder.ts'

/** Where a name of a template leads. */
export interface TemplateAddress {
  readonly name: string
  /** The one file it can be; `undefined` where the name is looked for in the directories. */
  readonly file: string | undefined
}

/**
 * Where `name` leads, seen from the template `from`. Only a `URL` leads out of the template directories, and a relative name in
 * a template that a `URL` named: to its neighbours, in its folder and below.
 */
export function templateAddress(name: TemplateName, from?: Template): TemplateAddress {
  const file = name instanceof URL ? fileOf(name) : neighbour(name, from)
  return { name: file ?? resolveName(String(name), from?.name), file }
}

/** Keeps apart what leads to different templates: a text is never taken for a `URL` that reads the same. */
export function nameKey(name: TemplateName, from?: Template): string {
  if (name instanceof URL) return `url ${name.href}`
  return name.startsWith('.') && from ? `beside ${from.name}\n${name}` : `name ${name}`
}

export function listKey(names: readonly TemplateName[], from?: Template): string {
  return `list ${JSON.stringify(names.map((name) => nameKey(name, from)))}`
}

function fileOf(url: URL): string {
  if (url.protocol === 'file:') return fileURLToPath(url)
  throw new TemplateError(`a template cannot be read from ${url.href}: only a file: URL names one`, {
    hint: "Write new URL('./templates/page.html', import.meta.url).",
  })
}

function neighbour(name: string, from: Template | undefined): string | undefined {
  // Names in the directories are never whole paths: such a template was named by its URL.
  if (from?.file === undefined || from.name !== from.file || !/^\.\.?\//.test(name)) return undefined
  const folder = dirname(from.file)
  const file = resolve(folder, name)
  return relative(folder, file).split(sep)[0] === '..' || name.includes('\0') ? undefined : file
}
