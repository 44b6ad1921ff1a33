import { type Command, settings } from '@nuages/core'

/** Runs a command as the CLI does, and gives what it wrote. */
export async function run(
  command: Command,
  args: object = {},
  options: object = {},
): Promise<{ out: string; err: string }> {
  const written = { out: '', err: '' }
  await command.run({
    args: { ...args },
    options: { ignore: [], ...options },
    settings,
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  })
  return written
}
