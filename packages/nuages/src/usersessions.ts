export * from '@nuages/usersessions'
