import { type App, defineApp } from '@nuages/core'
import { type MessageFunctions, messageFunctions } from './add-message.ts'
import { storageOf } from './message-storage.ts'
import { checkSessions } from './messages-checks.ts'
import { checkMessagesDeployment } from './messages-deploy-checks.ts'
import { messagesMiddleware } from './messages-middleware.ts'
import { messagesSettings } from './messages-settings.ts'

/**
 * The app, and how messages are made: put it into `installedApps`, after `sessions`, and call
 * `messages.success(request, 'Saved.')`. Every template has `messages`. Django's `django.contrib.messages`.
 */
export const messages: App<'messages', typeof messagesSettings> & MessageFunctions = Object.freeze({
  ...defineApp({
    name: 'messages',
    dir: import.meta.dirname,
    settings: messagesSettings,
    middleware: [messagesMiddleware],
    contextProcessors: [(request) => ({ messages: storageOf(request) })],
    checks: [checkSessions],
    deployChecks: [checkMessagesDeployment],
  }),
  ...messageFunctions,
})
