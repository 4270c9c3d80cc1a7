import { useCallback, useEffect, useReducer, useState } from 'preact/hooks';
import { fetchShop } from '../api/answerbox-api.ts';
import type { Shop } from '../api/wire-types.ts';
import { CONNECTING, reduceConnection, type ConnectionPhase } from './reduce-connection.ts';

/** Milliseconds that "Back online" stays up. */
const NOTICE_MS = 4_000;

export interface Connection {
  phase: ConnectionPhase;
  shop: Shop | null;
  retry: () => void;
  reportReached: () => void;
  reportLost: () => void;
}

/** Whether the server can be reached; reading the shop's details is both the first request and the probe. */
export function useConnection(): Connection {
  const [state, dispatch] = useReducer(reduceConnection, CONNECTING);
  const [shop, setShop] = useState<Shop | null>(null);

  const reportReached = useCallback(() => dispatch({ type: 'reached' }), []);
  const reportLost = useCallback(() => dispatch({ type: 'lost', deviceOnline: navigator.onLine }), []);
  const retry = useCallback(() => {
    dispatch({ type: 'try' });
    fetchShop().then((found) => {
      setShop(found);
      reportReached();
    }, reportLost);
  }, [reportReached, reportLost]);

  useEffect(() => {
    retry();
    window.addEventListener('online', retry);
    window.addEventListener('offline', retry);
    return () => {
      window.removeEventListener('online', retry);
      window.removeEventListener('offline', retry);
    };
  }, [retry]);

  useEffect(() => {
    if (state.phase !== 'restored') return undefined;
    const timer = setTimeout(() => dispatch({ type: 'notice-read' }), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [state.phase]);

  return { phase: state.phase, shop, retry, reportReached, reportLost };
}
