import type { SiteRegistry } from './site-registry.ts'

/**
 * What the module that `admin` of an app names may export in place of calling `register`: how its models are shown, for an app
 * that does not depend on this one.
 */
interface DeclaredModels {
  readonly modelAdmins: readonly { readonly model: object; readonly options: object }[]
}

/** Shows what a module declares, where nobody has registered the model with other options. */
export function registerDeclared(site: SiteRegistry, module: unknown): void {
  const { modelAdmins = [] } = (module ?? {}) as Partial<DeclaredModels>
  for (const { model, options } of modelAdmins) if (!site.isRegistered(model)) site.register(model, options)
}
