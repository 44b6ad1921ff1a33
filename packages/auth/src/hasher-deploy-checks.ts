import type { CheckMessage } from '@nuages/foundation'
import { passwordHashers } from './hashing/active-hashers.ts'

const salt = 'a'.repeat(22)
const argon2Salt = Buffer.alloc(22, salt).toString('base64').replaceAll('=', '')
const argon2Tag = 'a'.repeat(43)

/** Hashes that take a little less work than the least which OWASP's Password Storage Cheat Sheet knows of each algorithm. */
const justTooCheap: Readonly<Record<string, string>> = {
  argon2: `argon2$argon2id$v=19$m=7168,t=4,p=1$${argon2Salt}$${argon2Tag}`,
  scrypt: `scrypt$8192$${salt}$8$9$${Buffer.alloc(64).toString('base64')}`,
  bcrypt_sha256: `bcrypt_sha256$$2b$09$${'a'.repeat(53)}`,
  bcrypt: `bcrypt$$2b$09$${'a'.repeat(53)}`,
  pbkdf2_sha256: `pbkdf2_sha256$599999$${salt}$${Buffer.alloc(32).toString('base64')}`,
  pbkdf2_sha1: `pbkdf2_sha1$1299999$${salt}$${Buffer.alloc(20).toString('base64')}`,
}

/** Django's names of hashes that were never slow. */
const fast = /^(?:(?:unsalted_)?(?:md5|sha1)|crypt|plain(?:text)?)$/

/** Whoever gets at the table of users tries passwords as fast as new hashes are made. */
export function checkPreferredHasher(): CheckMessage[] {
  const [preferred] = passwordHashers()
  const { algorithm } = preferred!
  const cheap = justTooCheap[algorithm]
  // A hasher renews what is cheaper than what it makes itself.
  const isCheap = cheap !== undefined && !preferred!.mustUpdate(cheap)
  if (!isCheap && !fast.test(algorithm)) return []
  return [
    {
      level: 'warning',
      id: 'auth.W116',
      message: `auth.passwordHashers makes hashes of '${algorithm}' that take too little work: who gets hold of them finds out passwords.`,
      hint: 'Leave it out, or let the first one be argon2Hasher() as it comes; others after it check the hashes that are there.',
      object: 'auth',
    },
  ]
}
