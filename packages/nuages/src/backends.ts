export * from '@nuages/orm/backends'
