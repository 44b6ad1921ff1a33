import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CreateProjectError } from './errors.ts'

/** The folder a new project is copied from: beside `dist/` once published, the starter project inside the workspace. */
export function templateFolder(): string {
  const packageFolder = resolve(import.meta.dirname, '..')
  const candidates = [join(packageFolder, 'template'), resolve(packageFolder, '../../starter-project')]
  const folder = candidates.find((candidate) => existsSync(join(candidate, 'manage.ts')))
  if (!folder) {
    throw new CreateProjectError(
      'template-missing',
      `No project template in ${candidates.join(' or ')}. Install create-nuages again.`,
    )
  }
  return folder
}
