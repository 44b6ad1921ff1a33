import { apps } from '@nuages/core'
import type { HttpRequest } from '@nuages/http'
import type { CurrentUser } from '../users/get-user-model.ts'

/** What stands between the right password and being logged in, such as a second factor. */
export interface LoginStep {
  /** The app that brings it along: where it is not installed, the step is not taken. */
  readonly app: string
  /** The URL of the page where this user goes on; `undefined` where nothing more is asked of them. */
  pageFor(request: HttpRequest, user: CurrentUser): Promise<string | undefined>
}

const steps = new Map<string, LoginStep>()

/** Puts a step into every log-in of a page, after those that are there. Called in `ready()` of the app that brings it. */
export function registerLoginStep(step: LoginStep): void {
  steps.set(step.app, step)
}

/** The steps of the apps that are installed, in the order in which they were registered. */
export function loginSteps(): readonly LoginStep[] {
  return [...steps.values()].filter(({ app }) => apps.has(app))
}
