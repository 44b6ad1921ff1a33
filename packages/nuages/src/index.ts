// `export *`, so that `declare module 'nuages' { interface Register … }` reaches the interface itself.

export * from '@nuages/core'
export * from '@nuages/foundation'
