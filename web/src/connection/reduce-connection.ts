/** `online` shows no banner; the other four do. */
export type ConnectionPhase = 'online' | 'offline' | 'connecting' | 'failed' | 'restored';

export interface ConnectionState {
  phase: ConnectionPhase;
  /** Something was wrong since the last time all was well, so "back online" is worth saying. */
  troubled: boolean;
}

export type ConnectionEvent =
  { type: 'try' } | { type: 'reached' } | { type: 'lost'; deviceOnline: boolean } | { type: 'notice-read' };

export const CONNECTING: ConnectionState = { phase: 'connecting', troubled: false };

/**
 * Only the server's silence counts as trouble: a box on the same machine or network answers though the
 * browser reports no internet. That report decides only between "you are offline" and "not reached".
 */
export function reduceConnection(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  switch (event.type) {
    case 'try':
      return state.phase === 'online' ? state : { ...state, phase: 'connecting' };
    case 'reached':
      if (state.phase === 'restored') return state;
      return { phase: state.troubled ? 'restored' : 'online', troubled: false };
    case 'lost':
      return { phase: event.deviceOnline ? 'failed' : 'offline', troubled: true };
    case 'notice-read':
      return state.phase === 'restored' ? { phase: 'online', troubled: false } : state;
  }
}
