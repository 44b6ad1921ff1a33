import { defineApp } from '@nuages/core'
import { mailSettings } from './mail-settings.ts'

/** The app: put it into `installedApps` for its settings and commands. */
export const mail = defineApp({
  name: 'mail',
  dir: import.meta.dirname,
  settings: mailSettings,
})
