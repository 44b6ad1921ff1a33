import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { database } from '../../src/backends/registry.ts'
import { type InspectModelsOptions, inspectModels } from '../../src/inspect/inspect-models.ts'
import type { MigrationApp } from '../../src/migrations/app.ts'
import { imports, type Models, project } from '../migrations/project.ts'

export interface InspectedModels {
  /** The folder of the file. */
  readonly folder: string
  readonly source: string
  readonly classes: Models[string]
  /** An app that has them, in a registry of its own. */
  readonly apps: MigrationApp[]
}

let made = 0

/** Writes what inspectdb says of the database to a file of its own under `dir`, loads it and makes an app of it. */
export async function inspectedModels(
  dir: string,
  options: InspectModelsOptions = {},
  label = 'inspected',
): Promise<InspectedModels> {
  const folder = join(dir, `inspected${++made}`)
  mkdirSync(folder, { recursive: true })
  const source = await inspectModels(database(), { orm: imports.orm, ...options })
  const file = join(folder, 'models.ts')
  writeFileSync(file, source)
  const classes = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Models[string]
  return { folder, source, classes, apps: project(folder, { [label]: classes }) }
}

/** The source of one class, without what is around it. */
export function classSource(source: string, name: string): string {
  const start = source.search(new RegExp(`(?:^//[^\\n]*\\n)*^export class ${name} `, 'm'))
  const end = source.indexOf('\n}\n', start)
  return source.slice(start, end + 3)
}
