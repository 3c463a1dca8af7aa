import type { RiskSignalCode } from '../../domain/risk';
import type { Signal } from './finding';
import { anonymousAddress } from './signals/anonymous-address';
import { concurrentPlaces } from './signals/concurrent-places';
import { dormantAccount } from './signals/dormant-account';
import { failuresBeforeSuccess } from './signals/failures-before-success';
import { graceReplay } from './signals/grace-replay';
import { impossibleTravel } from './signals/impossible-travel';
import { newCountry } from './signals/new-country';
import { newDevice } from './signals/new-device';
import { newNetwork } from './signals/new-network';
import { tokenReuse } from './signals/token-reuse';
import { userAgentChanged } from './signals/user-agent-changed';
import { userAgentDowngraded } from './signals/user-agent-downgraded';

/** The rule of each code. */
export const signals: Readonly<Record<RiskSignalCode, Signal>> = {
  new_device: newDevice,
  new_country: newCountry,
  new_network: newNetwork,
  impossible_travel: impossibleTravel,
  user_agent_changed: userAgentChanged,
  user_agent_downgraded: userAgentDowngraded,
  token_reuse: tokenReuse,
  grace_replay: graceReplay,
  failures_before_success: failuresBeforeSuccess,
  concurrent_places: concurrentPlaces,
  dormant_account: dormantAccount,
  anonymous_address: anonymousAddress,
};
