import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { root } from './page.ts'
import type { PageProject } from './page-project.ts'

/**
 * Type-checks the code of all pages in one run of the compiler, with the settings of the workspace.
 *
 * @param folder the folder that the projects are in
 * @returns what is wrong, in terms of the pages: `docs/urls.md:12: error TS2322: …`
 */
export async function typeCheck(projects: readonly PageProject[], folder: string): Promise<string[]> {
  const alone = projects.filter(({ augments }) => augments)
  const together = projects.filter(({ augments, modules }) => !augments && modules.length > 0)
  const configs = [
    writeConfig(
      folder,
      together.map((project) => relative(folder, project.folder)),
    ),
    ...alone.map((project) => writeConfig(project.folder, ['.'])),
  ]
  const output = await compile(configs)
  const offsets = new Map(projects.flatMap(({ modules }) => modules.map((module) => [module.file, module])))
  const problems: string[] = []
  for (const [, file, line, message] of output.matchAll(/^(\S[^\n(]*)\((\d+),\d+\): (error [^\n]*(?:\n [^\n]*)*)/gm)) {
    const module = offsets.get(resolve(root, file!))
    if (module) problems.push(`${module.page}:${Number(line) + module.lineOffset}: ${message}`)
    else if (resolve(root, file!).startsWith(folder)) problems.push(`${file}:${line}: ${message}`)
  }
  if (/^error TS/m.test(output)) throw new Error(`The compiler could not check the pages:\n${output}`)
  return problems
}

function writeConfig(folder: string, folders: readonly string[]): string {
  const file = join(folder, 'tsconfig.json')
  const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'))
  const config = {
    compilerOptions: { ...base.compilerOptions, noEmit: true },
    include: folders.map((path) => join(path, '**/*.ts')),
  }
  writeFileSync(file, JSON.stringify(config))
  return file
}

function compile(configs: readonly string[]): Promise<string> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  return new Promise((done, failed) => {
    execFile(
      process.execPath,
      [compiler, '--build', '--pretty', 'false', ...configs],
      { cwd: root, maxBuffer: 64 * 1024 ** 2 },
      (error, stdout, stderr) => {
        const output = stdout + stderr
        if (error && !output.includes('error TS')) failed(error)
        else done(output)
      },
    )
  })
}
