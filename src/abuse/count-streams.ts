import { AnswerboxError } from '../errors.ts';
import { networkOf } from './message-budgets.ts';

/**
 * Open streams by network. What comes from this machine itself is not counted: it may be everybody, behind a proxy
 * that `trusted_proxies` does not name.
 * @param limit of one network; 0: any number
 * @returns what counts one, and gives what to call, once or more often, when it is closed. @throws streams_spent
 */
export function countStreams(limit: number): (address: string) => () => void {
  const open = new Map<string, number>();
  return (address) => {
    const network = networkOf(address);
    if (limit === 0 || network === null) return () => undefined;
    const count = open.get(network) ?? 0;
    if (count >= limit) throw new AnswerboxError('streams_spent', { limit });
    open.set(network, count + 1);
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      const left = open.get(network)! - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    };
  };
}
