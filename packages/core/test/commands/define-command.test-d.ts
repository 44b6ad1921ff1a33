import { expectTypeOf } from 'vitest'
import { type Command, defineCommand } from '../../src/index.ts'

const command = defineCommand({
  name: 'load',
  help: 'Loads.',
  arguments: {
    file: {},
    mode: { required: false },
    as: { required: false, default: 'json' },
    rest: { variadic: true },
  },
  options: {
    force: { type: 'boolean', short: 'f' },
    port: { type: 'string', default: '8000' },
    depth: { type: 'number' },
    tag: { type: 'string', multiple: true },
    format: { type: 'string', choices: ['a', 'b'] },
  },
  run({ args, options }) {
    expectTypeOf(args.file).toEqualTypeOf<string>()
    expectTypeOf(args.mode).toEqualTypeOf<string | undefined>()
    expectTypeOf(args.as).toEqualTypeOf<string>()
    expectTypeOf(args.rest).toEqualTypeOf<readonly string[]>()
    expectTypeOf(options.force).toEqualTypeOf<boolean>()
    expectTypeOf(options.port).toEqualTypeOf<string>()
    expectTypeOf(options.depth).toEqualTypeOf<number | undefined>()
    expectTypeOf(options.tag).toEqualTypeOf<readonly string[]>()
    expectTypeOf(options.format).toEqualTypeOf<'a' | 'b' | undefined>()
    // @ts-expect-error not declared
    options.nope
  },
})
expectTypeOf(command).toEqualTypeOf<Command>()

defineCommand({
  name: 'bare',
  help: '',
  async run({ args }) {
    expectTypeOf(args).toEqualTypeOf<{}>()
    return 1
  },
})

// @ts-expect-error an exit code is a number
defineCommand({ name: 'bad', help: '', run: () => 'x' })
