import { Hono } from 'hono';
import { RedeemRequestSchema } from '../contract.ts';
import type { Deps } from '../deps.ts';
import { clientAddress } from '../http/client-address.ts';
import { parseBody } from '../http/parse.ts';
import { verifyProof } from '../http/proof.ts';
import type { RelayEnv } from '../http/relay-env.ts';
import { RelayError } from '../http/relay-error.ts';
import { createReplayGuard } from '../http/replay-guard.ts';
import { redeemEnrolment } from './enrolments.ts';
import { enrolmentTries, tryFew } from './tries.ts';

/** POST /enrolments/redeem: the one route of the relay that a device without a token may use. */
export function enrolmentRoutes(deps: Deps): Hono<RelayEnv> {
  const routes = new Hono<RelayEnv>();
  // Anybody can fill it, so it is none that agents' requests are looked up in.
  const usedProofs = createReplayGuard();

  routes.post('/enrolments/redeem', async (c) => {
    const { method, path } = c.req;
    const { thumbprint, jti } = verifyProof(c.req.header('dpop'), {
      method,
      url: deps.config.publicUrl + path,
      token: null,
      now: deps.now(),
    });
    const request = await parseBody(c, RedeemRequestSchema);
    const redeem = async () => {
      if (!usedProofs.isFirst(`${thumbprint}.${jti}`, deps.now())) throw new RelayError('proof_used');
      return redeemEnrolment(deps, { ...request, thumbprint });
    };
    const rules = enrolmentTries(clientAddress(c, deps.config.trustedProxies), thumbprint);
    return c.json(await tryFew(deps, rules, redeem), 201);
  });

  return routes;
}
