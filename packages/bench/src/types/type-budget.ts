import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { completionsAt } from './completions.ts'
import { projectConfiguration, run, writeDeclarations } from './declarations.ts'
import { completed, generateProject } from './generate-models.ts'

/** What checking a project of 100 models and 500 queries may cost the compiler. */
export const instantiationBudget = 1_000_000

export interface TypeFigures {
  readonly instantiations: number
  /** Seconds, as the compiler tells them. */
  readonly checkTime: string
  readonly memory: string
  /** What an editor should offer inside `filter({ … })` and does not. */
  readonly missingCompletions: readonly string[]
}

const compiler = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

/** Writes the project to a folder of its own and checks it with tsc. Throws where it does not compile. */
export async function typeFigures(): Promise<TypeFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'nuages-types-'))
  try {
    for (const [name, text] of generateProject()) await writeFile(join(folder, name), text)
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(projectConfiguration(folder)))
    await writeDeclarations(compiler, folder)
    const report = await check(folder)
    const figure = (name: string): string => new RegExp(`^${name}:\\s+(\\S+)$`, 'm').exec(report)![1]!
    const offered = await completionsAt(compiler, folder, 'editor.ts', completed.text)
    return {
      instantiations: Number(figure('Instantiations')),
      checkTime: figure('Check time'),
      memory: figure('Memory used'),
      missingCompletions: completed.names.filter((name) => !offered.has(name)),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function check(folder: string): Promise<string> {
  // More checkers would each make for itself what they share: the count would say how files are dealt out.
  try {
    const { stdout } = await run(process.execPath, [compiler, '-p', folder, '--extendedDiagnostics', '--checkers', '1'])
    return stdout
  } catch (error) {
    throw new Error(`The generated project does not compile:\n${(error as { stdout?: string }).stdout ?? error}`)
  }
}
