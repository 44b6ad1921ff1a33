import { ValidationError } from '@nuages/orm'
import { describe, expect, test } from 'vitest'
import {
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
    expect(await codes('1234567')).toEqual(['password_too_short', 'password_entirely_numeric'])
    expect(await codes('١٢٣٤٥٦٧٨')).toEqual(['password_entirely_numeric'])
    expect(await codes('12345678a')).toEqual([])
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

test('a very long password is compared with short names quickly', async () => {
  expect(await codes('x'.repeat(1_000_000), { username: 'x', email: 'x@example.com' })).toEqual([])
})

test('rules that remember are told of what was stored', async () => {
  const told: unknown[] = []
  const rule = { validate() {}, getHelpText: () => '', passwordChanged: (password: string) => void told.push(password) }
  await passwordChanged('new', {}, [rule, minimumLengthValidator()])
  expect(told).toEqual(['new'])
})
