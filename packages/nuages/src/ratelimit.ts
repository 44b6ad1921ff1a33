export * from '@nuages/ratelimit'
