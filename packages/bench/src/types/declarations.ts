import { execFile } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const packages = join(import.meta.dirname, '../../..')
const base = join(packages, '../tsconfig.base.json')
const nodeTypes = { typeRoots: [join(packages, '../node_modules/@types')], types: ['node'] }
const needed = ['foundation', 'i18n', 'files'] as const

export const run = promisify(execFile)

/** Writes the declarations of the ORM to `folder`: what a project has of it that installed it. Its sources would be checked anew. */
export async function writeDeclarations(compiler: string, folder: string): Promise<void> {
  const options = {
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: packages,
    outDir: join(folder, 'declarations'),
  }
  const file = join(folder, 'tsconfig.declarations.json')
  const files = [...needed, 'orm'].map((name) => join(packages, name, 'src/index.ts'))
  await writeFile(file, JSON.stringify({ extends: base, compilerOptions: { ...options, ...nodeTypes }, files }))
  // Errors in the sources are told by the type check of the workspace.
  await run(process.execPath, [compiler, '-p', file]).catch(() => {})
  await symlink(join(packages, 'orm/node_modules'), join(folder, 'node_modules'), 'junction')
}

/** The configuration of a project in `folder` that uses them. */
export function projectConfiguration(folder: string): object {
  const declaration = (name: string): string[] => [join(folder, 'declarations', name, 'src/index.d.ts')]
  const paths = {
    'nuages/orm': declaration('orm'),
    ...Object.fromEntries(needed.map((name) => [`@nuages/${name}`, declaration(name)])),
  }
  return { extends: base, compilerOptions: { noEmit: true, ...nodeTypes, paths }, include: [join(folder, '*.ts')] }
}
