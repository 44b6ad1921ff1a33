import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Programs of the tests, as scripts of the shell: they start fast. */
const programs: Readonly<Record<string, string>> = {
  'hello.sh': `printf 'Content-Type: text/plain\\n\\nHello'`,
  'crlf.sh': `printf 'Content-Type: text/plain\\r\\nX-A: b\\r\\n\\r\\nline\\r\\n\\r\\nline'`,
  'env.sh': `printf 'Content-Type: text/plain\\n\\n'; env; echo ARGS=$#; echo PWD=$(pwd)`,
  'echo.sh': `printf 'Content-Type: application/octet-stream\\n\\n'; cat`,
  'deaf.sh': `printf 'Content-Type: text/plain\\n\\nno thanks'`,
  'closes-input.sh': `exec <&-; sleep 0.3; printf 'Content-Type: text/plain\\n\\nclosed'`,
  'status.sh': `printf 'Status: 418 Teapot\\nContent-Type: text/plain\\n\\nshort'`,
  'no-content.sh': `printf 'Status: 204\\n\\n'`,
  'cookies.sh': `printf 'Content-Type: text/plain\\nSet-Cookie: a=1\\nSet-Cookie: b=2\\nConnection: close\\nTransfer-Encoding: chunked\\n\\nx'`,
  'away.sh': `printf 'Location: https://example.com/x\\n\\n'`,
  'local.sh': `printf 'Location: /cgi-bin/env.sh/more?a=b\\n\\n'`,
  'circle.sh': `printf 'Location: /cgi-bin/circle.sh\\n\\n'`,
  'silent.sh': `exec sleep 60`,
  'stops-talking.sh': `printf 'Content-Type: text/plain\\n\\nbegun'; exec sleep 60`,
  'waits.sh': `echo $$ > "$PIDS/waits"; exec sleep 60`,
  'stubborn.sh': `trap '' TERM; echo $$ > "$PIDS/stubborn"; while :; do sleep 1; done`,
  'family.sh': `sleep 60 & echo $! > "$PIDS/child"; echo $$ > "$PIDS/parent"; printf 'Content-Type: text/plain\\n\\nbegun'; wait`,
  'endless.sh': `echo $$ > "$PIDS/endless"; printf 'Content-Type: text/plain\\n\\n'; while :; do printf '%01000d' 1; done`,
  'nothing.sh': ``,
  'fails.sh': `echo 'cannot: \\033[31mred' >&2; exit 3`,
  'fails-late.sh': `printf 'Content-Type: text/plain\\n\\nall of it'; exit 3`,
  'dies.sh': `printf 'Content-Type: text/plain\\n\\nhalf'; kill -9 $$`,
  'no-head.sh': `echo 'Hello, World'`,
  'no-type.sh': `printf 'X-A: b\\n\\n'`,
  'bad-status.sh': `printf 'Status: 99 Balloons\\n\\n'`,
  'twice.sh': `printf 'Status: 200\\nStatus: 404\\n\\n'`,
  'long-head.sh': `i=0; while [ $i -lt 80 ]; do printf 'X-A: %01000d\\n' 1; i=$((i+1)); done; printf '\\n'`,
  'short.sh': `printf 'Content-Type: text/plain\\nContent-Length: 100\\n\\nshort'`,
  'tools/deep.sh': `printf 'Content-Type: text/plain\\n\\n%s %s' "$SCRIPT_NAME" "$PATH_INFO"`,
  '.hidden.sh': `printf 'Content-Type: text/plain\\n\\nhidden'`,
}

/** The folder `cgi-bin` with the programs in a folder of its own; `PIDS` is where some write down their numbers. */
export function makePrograms(): {
  readonly root: string
  readonly directory: string
  readonly pids: string
  remove(): void
} {
  const root = mkdtempSync(join(tmpdir(), 'nuages-cgi-'))
  const [directory, pids] = [join(root, 'cgi-bin'), join(root, 'pids')]
  mkdirSync(pids)
  const write = (path: string, text: string, mode: number): void => {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    chmodSync(file, mode)
  }
  for (const [path, text] of Object.entries(programs)) write(path, `#!/bin/sh\n${text}\n`, 0o755)
  write('plain.txt', 'not a program', 0o644)
  write('no-shebang', 'echo hello', 0o755)
  write('no-interpreter', '#!/no/such/interpreter\n', 0o755)
  writeFileSync(join(root, 'outside.sh'), '#!/bin/sh\necho outside\n', { mode: 0o755 })
  symlinkSync(join(root, 'outside.sh'), join(directory, 'linked-out.sh'))
  symlinkSync(join(directory, 'hello.sh'), join(directory, 'linked-in.sh'))
  return { root, directory, pids, remove: () => rmSync(root, { recursive: true }) }
}
