import { readFileSync, statSync } from 'node:fs'

/** In the shared memory of WAL mode, the byte that the writer locks; see sqlite.org/walformat.html, section 2.3. */
const writeLockByte = 120

/**
 * The other process that holds the writer of a file, as `'process 123 (node)'`. Linux tells it; elsewhere, or where it has
 * just let go, the answer is `'another process'`.
 */
export function lockHolder(path: string): string {
  return holderOf(`${path}-shm`, writeLockByte)
}

/** The other process that has locked a byte of a file for itself. */
export function holderOf(file: string, byte: number): string {
  try {
    const { ino } = statSync(file)
    for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
      // 1: POSIX  ADVISORY  WRITE 1234 08:01:131090 120 120
      const [, , , kind, pid, place, start, end] = line.trim().split(/\s+/)
      if (kind !== 'WRITE' || Number(place?.split(':')[2]) !== ino) continue
      if (Number(start) > byte || Number(end) < byte || Number(pid) === process.pid) continue
      return `process ${pid} (${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()})`
    }
  } catch {
    // Not Linux, or the process is gone: the message does without.
  }
  return 'another process'
}
