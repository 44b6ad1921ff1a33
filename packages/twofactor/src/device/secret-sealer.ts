import { Sealer } from '@nuages/core'

/** Seals the secrets of authenticator apps for the key of the user whose they are: nobody's row can be given to another. */
export const secretSealer = new Sealer({ salt: 'nuages.twofactor.secret' })
