import { createHmac } from 'node:crypto'
import { statSync } from 'node:fs'
import { homedir, hostname } from 'node:os'

const derivedPrefix = 'insecure-debug-'
const minimumLength = 32
const minimumVariety = 8

/** Whether `key` was made by `derivedSecretKey`, and so must never leave development. */
export function isDerivedSecretKey(key: string): boolean {
  return key.startsWith(derivedPrefix)
}

/**
 * A key for development when none is set: the same after each restart, so that sign-ins survive a reload, and another on
 * each machine and folder. It is made of what the machine knows, which is guessable, so production refuses it.
 */
export function derivedSecretKey(baseDir: string): string {
  let created = ''
  try {
    const stats = statSync(baseDir, { bigint: true })
    created = `${stats.ino}:${stats.birthtimeNs}`
  } catch {
    // A folder that is not there is reported elsewhere; the key need not be.
  }
  const material = [hostname(), homedir(), baseDir, created].join('\0')
  return derivedPrefix + createHmac('sha256', 'nuages.secret-key').update(material).digest('base64url')
}

/** Why `key` may not be used in production, or nothing. */
export function secretKeyWeakness(key: string): string | undefined {
  if (key === '') return 'is not set'
  if (isDerivedSecretKey(key)) return 'is the one derived for development'
  if (key.length < minimumLength) return `has ${key.length} characters`
  const variety = new Set(key).size
  if (variety < minimumVariety) return `has only ${variety} different characters`
  return undefined
}
