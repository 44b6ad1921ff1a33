import { defineApp, gotRequestException } from '@nuages/core'
import { mailError } from './error-mails.ts'
import { mailChecks } from './mail-deploy-checks.ts'
import { mailSettings } from './mail-settings.ts'

/** The app: put it into `installedApps` for its settings, its command, and mails about errors. */
export const mail = defineApp({
  name: 'mail',
  dir: import.meta.dirname,
  settings: mailSettings,
  commands: () => import('./commands.ts'),
  deployChecks: [mailChecks],
  ready({ settings }) {
    const { admins } = (settings as typeof settings & { readonly mail: typeof mailSettings._output }).mail
    if (admins.length > 0 && !settings.debug) gotRequestException.connect(mailError)
    else gotRequestException.disconnect(mailError)
  },
})
