import { path } from '@nuages/urls'
import { ChallengeView } from './views/challenge-view.ts'
import { OverviewView, RecoveryCodesView, TurnOffView } from './views/own-second-factor-view.ts'
import { SetupView } from './views/setup-view.ts'

/**
 * The pages of the second factor: `path('accounts/two-factor/', include(twofactorUrls))`, in no namespace. Their names are
 * `twofactor`, `twofactor_challenge`, `twofactor_setup`, `twofactor_recovery_codes`, `twofactor_turn_off`.
 */
export const twofactorUrls = [
  path('', OverviewView.asView(), 'twofactor'),
  path('challenge/', ChallengeView.asView(), 'twofactor_challenge'),
  path('setup/', SetupView.asView(), 'twofactor_setup'),
  path('recovery-codes/', RecoveryCodesView.asView(), 'twofactor_recovery_codes'),
  path('turn-off/', TurnOffView.asView(), 'twofactor_turn_off'),
]
