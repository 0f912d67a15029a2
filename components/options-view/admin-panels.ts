import { lazily } from '../view/lazily.tsx';

/** Panels that admins see below the agents; the options of a plain agent load none of their code. */
export const adminPanels = [
  { id: 'policy', Panel: lazily(() => import('../admin/policy-panel.tsx')) },
  { id: 'do_not_call', Panel: lazily(() => import('../admin/do-not-call-panel.tsx')) },
  { id: 'locks', Panel: lazily(() => import('../admin/locks-panel.tsx')) },
  { id: 'reports', Panel: lazily(() => import('../admin/reports-panel.tsx')) },
  { id: 'audit', Panel: lazily(() => import('../admin/audit-panel.tsx')) },
] as const;
