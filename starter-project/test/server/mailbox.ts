import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a site sent: it writes its mails to a folder. */
export class Mailbox {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** The text of the newest mail to an address whose subject has `words`; waits until there is one. */
  async newest(to: string, words: string): Promise<string> {
    for (let tries = 0; tries < 100; tries++) {
      for (const name of (await readdir(this.folder).catch(() => [])).sort().reverse()) {
        const mail = await readFile(join(this.folder, name), 'utf8')
        if (mail.includes(`To: ${to}`) && /^Subject: (.*)$/m.exec(mail)?.[1]?.includes(words)) return unfolded(mail)
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`No mail to ${to} about '${words}' came.`)
  }

  /** The first link of that mail. */
  async link(to: string, words: string): Promise<string> {
    const link = /https?:\/\/\S+/.exec(await this.newest(to, words))?.[0]
    if (link === undefined) throw new Error(`The mail to ${to} about '${words}' has no link.`)
    return link
  }
}

/** Without the line ends and the escapes of quoted-printable (RFC 2045 §6.7). */
function unfolded(mail: string): string {
  return mail
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
