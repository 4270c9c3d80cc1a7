import { Panel } from '../../components/panel.tsx';
import { tell } from '../../components/toasts.tsx';
import { ProofForm } from '../../session/proof-form.tsx';
import { SecondFactorSetup } from '../../session/second-factor-setup.tsx';
import { removeSecondFactor, renewRecoveryCodes } from '../../session/second-factor.ts';
import { session } from '../../session/session.ts';
import { translate } from '../../translate.ts';

/** Codes of an app besides the password: set up, recovery codes made anew, taken away. */
export function SecondFactorPanel() {
  const factor = session.value?.second_factor;
  if (!factor?.on)
    return (
      <Panel
        title={translate('second_factor.title')}
        detail={translate('second_factor.off')}
        hint={translate('second_factor.hint')}
        class="narrow"
      >
        <SecondFactorSetup />
      </Panel>
    );
  return (
    <Panel
      title={translate('second_factor.title')}
      detail={translate('second_factor.on', { count: factor.recovery_codes_left })}
      class="narrow"
    >
      <details>
        <summary>{translate('recovery.renew')}</summary>
        <p class="muted">{translate('recovery.renew_hint')}</p>
        <ProofForm submit={translate('recovery.renew')} onProof={renewRecoveryCodes} />
      </details>
      <details>
        <summary>{translate('second_factor.remove')}</summary>
        <p class="muted">{translate('second_factor.remove_hint')}</p>
        <ProofForm
          danger
          submit={translate('second_factor.remove')}
          onProof={async (proof) => {
            await removeSecondFactor(proof);
            tell(translate('second_factor.removed'));
          }}
        />
      </details>
    </Panel>
  );
}
