import { CommandError, defineCommand } from '../../../src/index.ts'

export const count = defineCommand({
  name: 'count',
  help: 'Counts to a number.',
  arguments: { to: { help: 'how far' } },
  options: { loud: { type: 'boolean', short: 'l' } },
  run({ args, options, stdout }) {
    const to = Number(args.to)
    if (Number.isNaN(to)) throw new CommandError(`'${args.to}' is not a number.`)
    stdout.write(`${to}${options.loud ? '!' : ''}\n`)
  },
})

export const notACommand = { name: 'count' }
