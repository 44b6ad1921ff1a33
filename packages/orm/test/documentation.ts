import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const src = resolve(import.meta.dirname, '../src')

/** The TypeScript of a page of the docs, block by block, with the package's names turned into its files. */
export function codeOf(page: string): string[] {
  const text = readFileSync(join(root, 'docs', page), 'utf8')
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) =>
    code!
      .replaceAll("'nuages/orm/migrations'", `'${join(src, 'migrations/index.ts')}'`)
      .replaceAll("'nuages/orm'", `'${join(src, 'index.ts')}'`),
  )
}

/** Writes code to a file and imports it. */
export async function run<T>(code: string, file: string): Promise<T> {
  writeFileSync(file, code)
  return import(/* @vite-ignore */ file)
}
