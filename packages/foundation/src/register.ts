/**
 * What a project tells the types of the framework about itself, once, by augmentation:
 *
 * ```ts
 * declare module 'nuages' {
 *   interface Register {
 *     urlconf: typeof import('./urls.ts').urlpatterns
 *     settings: typeof import('./settings.ts').default
 *   }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: it exists to be augmented
export interface Register {}
