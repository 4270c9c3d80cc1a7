import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { PAGES, pageAddress } from '../pages.ts';
import { may } from '../session/session.ts';

/** `/console` itself: leads to the first page that one may see. */
export function Home() {
  const { route } = useLocation();
  useEffect(() => {
    const first = PAGES.find(
      ({ group, permission }) => group !== null && permission !== null && may(permission),
    );
    if (first) route(pageAddress(first), true);
  }, []);
  return null;
}
