export const ROLES = ['customer', 'operator'] as const;

export type Role = (typeof ROLES)[number];

/** Who makes the request, as the verified token says. */
export interface Actor {
  id: string;
  role: Role;
}
