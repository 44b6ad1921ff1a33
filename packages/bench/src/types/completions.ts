import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LanguageServer } from './language-server.ts'

interface Completions {
  readonly items: readonly { readonly label: string }[]
}

/**
 * The names that an editor would offer between two parts of a file of that name, in the project at `folder`.
 * @param compiler tsc, which is the language server too
 */
export async function completionsAt(
  compiler: string,
  folder: string,
  name: string,
  [before, after]: readonly [before: string, after: string],
): Promise<Set<string>> {
  const server = new LanguageServer(process.execPath, [compiler, '--lsp', '--stdio'])
  try {
    const textDocument = { uri: pathToFileURL(join(folder, name)).href }
    await server.request('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: {},
    })
    server.notify('initialized', {})
    const document = { ...textDocument, languageId: 'typescript', version: 1, text: before + after }
    server.notify('textDocument/didOpen', { textDocument: document })
    const lines = before.split('\n')
    const position = { line: lines.length - 1, character: lines.at(-1)!.length }
    const answer = await server.request('textDocument/completion', { textDocument, position })
    const { items } = (Array.isArray(answer) ? { items: answer } : answer) as Completions
    return new Set(items.map(({ label }) => label.replace(/\?$/, '')))
  } finally {
    server.stop()
  }
}
