import { defineCommand } from '@nuages/core'
import { describe, expect, test } from 'vitest'
import { parseInput } from '../../src/program/parse-input.ts'

const command = defineCommand({
  name: 'restock',
  help: 'Puts products back.',
  arguments: { shop: {}, names: { required: false, variadic: true } },
  options: {
    dryRun: { type: 'boolean', short: 'n', help: 'only say' },
    limit: { type: 'number', default: 100 },
    mode: { type: 'string', choices: ['fast', 'slow'] },
    tag: { type: 'string', multiple: true },
    noInput: { type: 'boolean' },
  },
  run: () => 0,
})

const defaults = { dryRun: false, limit: 100, mode: undefined, tag: [], noInput: false }

describe('what is given comes by the names of the declaration', () => {
  test.each([
    [['main'], { shop: 'main', names: [] }, {}],
    [['main', 'kite', 'vane'], { shop: 'main', names: ['kite', 'vane'] }, {}],
    [['main', '--dry-run'], { shop: 'main', names: [] }, { dryRun: true }],
    [['-n', 'main', '--limit', '5'], { shop: 'main', names: [] }, { dryRun: true, limit: 5 }],
    [['main', '--limit=-2.5'], { shop: 'main', names: [] }, { limit: -2.5 }],
    [['main', '--no-input'], { shop: 'main', names: [] }, { noInput: true }],
    [
      ['main', '--mode', 'slow', '--tag', 'a', '--tag', 'b'],
      { shop: 'main', names: [] },
      { mode: 'slow', tag: ['a', 'b'] },
    ],
    [['--', '--odd'], { shop: '--odd', names: [] }, {}],
  ])('%j', (words, args, options) => {
    expect(parseInput(command, words)).toEqual({ args, options: { ...defaults, ...options } })
  })
})

describe('what it does not take is a usage error that says so', () => {
  test.each([
    [[], /missing required argument 'shop'/],
    [['main', '--limit', 'many'], /'many' is not a number/],
    [['main', '--mode', 'quick'], /Allowed choices are fast, slow/],
    [['main', '--dryrun'], /unknown option '--dryrun'.*--dry-run/s],
    [['main', '--mode'], /argument missing/],
  ])('%j', (words, message) => {
    expect(() => parseInput(command, words)).toThrow(message)
  })
})

test('--help shows usage, arguments and options', () => {
  const answer = parseInput(command, ['--help'])
  expect(answer).toHaveProperty('help')
  const { help } = answer as { help: string }
  expect(help).toContain('Usage: restock [options] <shop> [names...]')
  expect(help).toContain('-n, --dry-run')
})
