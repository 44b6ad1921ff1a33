import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ValidationError } from '@nuages/orm'
import { describe, expect, test } from 'vitest'
import {
  commonPasswordValidator,
  minimumLengthValidator,
  numericPasswordValidator,
  passwordChanged,
  passwordValidatorsHelpTexts,
  userAttributeSimilarityValidator,
  validatePassword,
} from '../../src/index.ts'
import '../project/set-up.ts'

async function codes(password: string, user?: object): Promise<readonly string[]> {
  try {
    await validatePassword(password, user)
    return []
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    return error.errors.__all__!.map(({ code }) => code)
  }
}

describe('the rules of a project that names none', () => {
  test('tell everything that is wrong at once', async () => {
    expect(await codes('1234567')).toEqual(['password_too_short', 'password_too_common', 'password_entirely_numeric'])
    expect(await codes('١٢٣٤٥٦٧٨')).toEqual(['password_entirely_numeric'])
    expect(await codes('12345678ab')).toEqual([])
  })

  test('count what a reader counts as characters', async () => {
    expect(await codes('🔑🔑🔑🔑')).toEqual(['password_too_short'])
    expect(await codes('🔑🔑🔑🔑🔑🔑🔑🔑')).toEqual([])
  })

  test('keep the password from being the name', async () => {
    const user = {
      username: 'ann.smith',
      firstName: 'Ann-Kathrin',
      lastName: '',
      email: 'someone@unusual-host.example',
    }
    for (const password of [
      'ann.smith',
      'AnnSmith',
      'xannsmithx',
      'annkathrin',
      'unusual-host',
      'someone@unusual-host',
    ]) {
      expect(await codes(password, user), password).toEqual(['password_too_similar'])
    }
    expect(await codes('correct horse battery', user)).toEqual([])
    expect(await codes('ann.smith')).toEqual([])
  })

  test('are described', () => {
    expect(passwordValidatorsHelpTexts()).toEqual([
      'Not much like your name, username or email address.',
      'At least 8 characters.',
      'Not one that many people use.',
      'Not only digits.',
    ])
  })
})

test('rules may be given', async () => {
  await validatePassword('12345678', undefined, [minimumLengthValidator()])
  await validatePassword('1', undefined, [minimumLengthValidator({ minLength: 1 })])
  await expect(validatePassword('', undefined, [minimumLengthValidator({ minLength: 1 })])).rejects.toThrow(
    'This password is too short: it needs at least 1 character.',
  )
  await expect(validatePassword('1', undefined, [numericPasswordValidator()])).rejects.toThrow('only a number')
  const nickname = userAttributeSimilarityValidator({ userAttributes: ['nickname'], maxSimilarity: 1 })
  await expect(validatePassword('Boss', { nickname: 'boss' }, [nickname])).rejects.toThrow('too much like the nickname')
  await validatePassword('bosses', { nickname: 'boss' }, [nickname])
})

describe('passwords that many people have', () => {
  test('are refused however they are written', async () => {
    for (const password of ['password', 'Password1', ' LetMeIn1 ', 'qwertyuiop', 'IloveYou', 'p@ssw0rd', 'trustno1']) {
      expect(await codes(password), password).toContain('password_too_common')
    }
    expect(await codes('correct horse battery')).toEqual([])
    expect(await codes('constructor')).toEqual([])
    expect(await codes('hasOwnProperty')).toEqual([])
  })

  test('may be those of a file, as it is or compressed', async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'nuages-passwords-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const [plain, compressed] = [join(folder, 'list.txt'), join(folder, 'list.txt.gz')]
    const rule = commonPasswordValidator({ passwordListPath: plain })
    await expect(rule.validate('from-a-list')).rejects.toThrow('ENOENT')
    await writeFile(plain, 'from-a-list\r\nПароль\n')
    await writeFile(compressed, gzipSync('from-a-list\nпароль\n'))
    for (const passwordListPath of [plain, compressed]) {
      const rules = [commonPasswordValidator({ passwordListPath })]
      await expect(validatePassword('From-a-List', undefined, rules)).rejects.toThrow('This password is too common.')
      await expect(validatePassword('ПАРОЛЬ', undefined, rules)).rejects.toThrow('too common')
      await validatePassword('password', undefined, rules)
    }
    await expect(rule.validate('from-a-list')).rejects.toThrow(ValidationError)
  })
})

test('a very long password is compared with short names quickly', async () => {
  expect(await codes('x'.repeat(1_000_000), { username: 'x', email: 'x@example.com' })).toEqual([])
})

test('rules that remember are told of what was stored', async () => {
  const told: unknown[] = []
  const rule = { validate() {}, getHelpText: () => '', passwordChanged: (password: string) => void told.push(password) }
  await passwordChanged('new', {}, [rule, minimumLengthValidator()])
  expect(told).toEqual(['new'])
})
