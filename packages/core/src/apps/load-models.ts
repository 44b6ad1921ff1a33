import { registerModels } from '@nuages/orm'
import type { RegisteredModel } from './app-registry.ts'
import type { App } from './define-app.ts'

/** Imports an app's models and makes them part of it: tables are named, relations settled. */
export async function loadModels(app: App): Promise<readonly RegisteredModel[]> {
  if (app.models === undefined) return []
  const module = (await app.models()) as Readonly<Record<string, unknown>>
  return registerModels(app.name, module).map((meta) => meta.model as unknown as RegisteredModel)
}
