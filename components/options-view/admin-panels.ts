import { lazily } from '../view/lazily.tsx';

export interface AdminPanelProps {
  /** The region whose numbers are shown in national format. */
  region: string;
  /** Reports how many agents are locked, whenever it was read. */
  onLocked(count: number): void;
}

/** Panels that admins see below the agents; the options of a plain agent load none of their code. */
export const adminPanels = [
  { id: 'policy', Panel: lazily<AdminPanelProps>(() => import('../admin/policy-panel.tsx')) },
  { id: 'do_not_call', Panel: lazily<AdminPanelProps>(() => import('../admin/do-not-call-panel.tsx')) },
  { id: 'locks', Panel: lazily<AdminPanelProps>(() => import('../admin/locks-panel.tsx')) },
  { id: 'reports', Panel: lazily<AdminPanelProps>(() => import('../admin/reports-panel.tsx')) },
  { id: 'audit', Panel: lazily<AdminPanelProps>(() => import('../admin/audit-panel.tsx')) },
] as const;
