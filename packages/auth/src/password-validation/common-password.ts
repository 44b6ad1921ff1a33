import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { gettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import type { PasswordValidator } from './password-validator.ts'

export interface CommonPasswordOptions {
  /** A file of one password a line, in lower case, plain or compressed by gzip, in place of the list that comes along. */
  readonly passwordListPath?: string
}

/**
 * A password is none of those that many people have: 49,000 of them, from the lists of zxcvbn, unless told otherwise. They
 * are read when the first password is checked. Django's `CommonPasswordValidator`, which knows 20,000.
 */
export function commonPasswordValidator({ passwordListPath }: CommonPasswordOptions = {}): PasswordValidator {
  let list: Promise<ReadonlySet<string>> | undefined
  const passwords = (): Promise<ReadonlySet<string>> => {
    list ??= (passwordListPath === undefined ? knownPasswords() : passwordsIn(passwordListPath)).catch(
      (error: unknown) => {
        // A file that is not there yet is looked for again.
        list = undefined
        throw error
      },
    )
    return list
  }
  return {
    async validate(password) {
      if (!(await passwords()).has(password.trim().toLowerCase())) return
      throw new ValidationError(gettext('This password is too common.'), { code: 'password_too_common' })
    },
    getHelpText: () => gettext('Not one that many people use.'),
  }
}

let known: Promise<ReadonlySet<string>> | undefined

/** The list that comes along, once for all rules. */
function knownPasswords(): Promise<ReadonlySet<string>> {
  known ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']))
  return known
}

async function passwordsIn(path: string): Promise<ReadonlySet<string>> {
  const bytes = await readFile(path)
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b
  const text = (isCompressed ? await promisify(gunzip)(bytes) : bytes).toString('utf8')
  return new Set(text.split('\n').map((line) => line.trim().toLowerCase()))
}
