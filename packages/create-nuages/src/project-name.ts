import { basename, resolve } from 'node:path'
import { CreateProjectError } from './errors.ts'

/**
 * The npm name of the project in `directory`: the folder's own name.
 * @throws CreateProjectError when npm would refuse the name
 */
export function projectName(directory: string): string {
  const name = basename(resolve(directory))
  if (!/^[a-z0-9][a-z0-9._-]{0,213}$/.test(name)) {
    throw new CreateProjectError(
      'invalid-name',
      `'${name}' cannot be the name of a project. Use lower-case letters, digits, '-', '_' and '.', starting with a letter or digit.`,
    )
  }
  return name
}
