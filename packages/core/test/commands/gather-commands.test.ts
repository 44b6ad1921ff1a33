import { expect, test } from 'vitest'
import { CommandError, defineApp, defineCommand, gatherCommands, type Settings } from '../../src/index.ts'
import { notes } from '../project/notes/app.ts'

const dir = import.meta.dirname
const settings = {} as Settings

test('the commands of apps are found and run with what they declare', async () => {
  const found = await gatherCommands([notes, defineApp({ name: 'other', dir })])
  expect([...found.keys()]).toEqual(['count'])
  const { command, app } = found.get('count')!
  expect(app).toBe(notes)
  const lines: string[] = []
  const output = { write: (text: string) => lines.push(text) }
  const context = { stdout: output, stderr: output, settings }
  expect(await command.run({ ...context, args: { to: '3' }, options: { loud: true } })).toBeUndefined()
  expect(lines).toEqual(['3!\n'])
  expect(() => command.run({ ...context, args: { to: 'x' }, options: {} })).toThrow(CommandError)
})

test('two commands of one name are an error that names both apps', async () => {
  const count = defineCommand({ name: 'count', help: '', run: () => 0 })
  const other = defineApp({ name: 'other', dir, commands: async () => ({ count }) })
  await expect(gatherCommands([notes, other])).rejects.toThrow(
    "The apps 'notes' and 'other' both have a command named 'count'.",
  )
})

test('CommandError carries its exit code', () => {
  expect(new CommandError('x')).toMatchObject({ exitCode: 1, code: 'command-error' })
  expect(new CommandError('x', { exitCode: 3 }).exitCode).toBe(3)
})
