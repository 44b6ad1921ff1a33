import type { HttpRequest } from '@nuages/http'
import { IntegrityError } from '@nuages/orm'
import { type CurrentUser, getUserModel } from '../users/get-user-model.ts'
import type { Credentials } from './authentication-backend.ts'
import { ModelBackend } from './model-backend.ts'

/**
 * Takes the web server's word for who somebody is: `{ remoteUser }`, which `remoteUserMiddleware` gives. Users that are not
 * there yet are made, without a password. Django's `RemoteUserBackend`.
 */
export class RemoteUserBackend extends ModelBackend {
  override readonly name: string = 'django.contrib.auth.backends.RemoteUserBackend'
  /** Whether a user is made of a name that is not there yet. */
  createUnknownUser = true

  override async authenticate(
    request: HttpRequest | undefined,
    { remoteUser }: Credentials,
  ): Promise<CurrentUser | null> {
    if (typeof remoteUser !== 'string' || remoteUser === '') return null
    const username = this.cleanUsername(remoteUser)
    const there = await this.findUser(username)
    const user = there ?? (this.createUnknownUser ? await this.#create(username) : null)
    if (user === null) return null
    const configured = await this.configureUser(request, user, there === null)
    return this.userCanAuthenticate(configured) ? configured : null
  }

  /** The username that the server's means, such as without a realm. */
  cleanUsername(username: string): string {
    return getUserModel().normalizeUsername(username)
  }

  /** Sets what the server knows of a user, at each log-in; the one that is there is given back, saved, unless overridden. */
  async configureUser(_request: HttpRequest | undefined, user: CurrentUser, _created: boolean): Promise<CurrentUser> {
    return user
  }

  /** Of two requests at once the second finds whom the first made. */
  async #create(username: string): Promise<CurrentUser | null> {
    const Model = getUserModel()
    const user = new Model({ [Model.usernameField]: username } as never)
    user.setUnusablePassword()
    try {
      await user.save()
      return user
    } catch (error) {
      if (error instanceof IntegrityError) return this.findUser(username)
      throw error
    }
  }
}

/** Logs in users who are not active as well, for a project that shows them a page of their own. Django's class of that name. */
export class AllowAllUsersRemoteUserBackend extends RemoteUserBackend {
  override readonly name: string = 'django.contrib.auth.backends.AllowAllUsersRemoteUserBackend'

  override userCanAuthenticate(): boolean {
    return true
  }
}
