import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../../..')

/** What the compiler says of the files of a folder, with the settings of the workspace: nothing where they are right. */
export function typeCheck(folder: string): Promise<string> {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'))
  // The files name the package by its path, since they stand outside the workspace.
  const own = { noEmit: true, rewriteRelativeImportExtensions: false, typeRoots: [join(root, 'node_modules/@types')] }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...own }, include: ['**/*.ts'] }),
  )
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  // What is wrong elsewhere is for others to say.
  const isOfFolder = (line: string) => resolve(line.replace(/\(\d+,\d+\): .*$/, '')).startsWith(folder)
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  return new Promise((done, failed) => {
    execFile(process.execPath, [compiler, '--pretty', 'false', '-p', folder], (error, stdout, stderr) => {
      const output = stdout + stderr
      if (error && !output.includes('error TS')) failed(error)
      else done(output.split('\n').filter(isOfFolder).join('\n'))
    })
  })
}
