import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImproperlyConfigured } from '@nuages/foundation'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { env, loadEnvironmentFile } from '../../src/index.ts'

afterEach(() => vi.unstubAllEnvs())

describe('env', () => {
  test('gives the default for what is not set', () => {
    expect(env.string('NUAGES_TEST_NONE')).toBeUndefined()
    expect(env.string('NUAGES_TEST_NONE', 'x')).toBe('x')
    expect(env.boolean('NUAGES_TEST_NONE', true)).toBe(true)
    expect(env.number('NUAGES_TEST_NONE', 5)).toBe(5)
    expect(env.url('NUAGES_TEST_NONE', 'sqlite:x')).toBe('sqlite:x')
    expect(env.list('NUAGES_TEST_NONE')).toEqual([])
  })

  test('parses what is set', () => {
    for (const word of ['1', 'true', 'YES', ' on ']) {
      vi.stubEnv('NUAGES_TEST', word)
      expect(env.boolean('NUAGES_TEST'), word).toBe(true)
    }
    vi.stubEnv('NUAGES_TEST', 'off')
    expect(env.boolean('NUAGES_TEST', true)).toBe(false)
    vi.stubEnv('NUAGES_TEST', '2.5')
    expect(env.number('NUAGES_TEST')).toBe(2.5)
    vi.stubEnv('NUAGES_TEST', 'a, b,,c ')
    expect(env.list('NUAGES_TEST')).toEqual(['a', 'b', 'c'])
    vi.stubEnv('NUAGES_TEST', '')
    expect(env.boolean('NUAGES_TEST', true)).toBe(true)
    expect(env.string('NUAGES_TEST', 'x')).toBe('')
  })

  test('an error names the variable, what it got and what it takes', () => {
    vi.stubEnv('NUAGES_TEST', 'perhaps')
    expect(() => env.boolean('NUAGES_TEST')).toThrow(
      "The environment variable NUAGES_TEST is 'perhaps'; it takes one of 1, true, yes, on, 0, false, no, off.",
    )
    expect(() => env.number('NUAGES_TEST')).toThrow('it takes a number')
    expect(() => env.url('NUAGES_TEST')).toThrow('it takes a URL')
    expect(() => env.required('NUAGES_TEST_NONE')).toThrow(ImproperlyConfigured)
    expect(() => env.required('NUAGES_TEST_NONE')).toThrow('NUAGES_TEST_NONE is not set')
  })
})

describe('loadEnvironmentFile', () => {
  function folder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'nuages-env-'))
    writeFileSync(join(dir, '.env'), 'NUAGES_TEST_A=file\nNUAGES_TEST_B="two words"\n')
    return dir
  }

  test('reads .env, and the real environment wins', () => {
    const dir = folder()
    vi.stubEnv('NUAGES_TEST_A', 'real')
    vi.stubEnv('NUAGES_TEST_B', undefined)
    loadEnvironmentFile(dir)
    expect(env.string('NUAGES_TEST_A')).toBe('real')
    expect(env.string('NUAGES_TEST_B')).toBe('two words')
    rmSync(dir, { recursive: true })
  })

  test('is left alone in production', () => {
    const dir = folder()
    vi.stubEnv('NODE_ENV', 'production')
    vi.stubEnv('NUAGES_TEST_B', undefined)
    loadEnvironmentFile(dir)
    expect(env.string('NUAGES_TEST_B')).toBeUndefined()
    rmSync(dir, { recursive: true })
  })
})
