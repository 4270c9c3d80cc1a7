/** Every page that the owner has for knowledge, figures and the system: its address and its heading. */
export const OWNER_PAGES: readonly { file: string; path: string; heading: string }[] = [
  { file: 'documents', path: '/documents', heading: 'Documents' },
  { file: 'imports', path: '/imports', heading: 'Imports' },
  { file: 'sites', path: '/sites', heading: 'Sites and folders' },
  { file: 'retrieval', path: '/retrieval?q=How+long+can+I+return+unworn+goods', heading: 'Test retrieval' },
  { file: 'questions', path: '/questions', heading: 'Asked questions' },
  { file: 'knowledge-health', path: '/knowledge-health', heading: 'Knowledge health' },
  { file: 'analytics', path: '/analytics', heading: 'Analytics' },
  { file: 'live', path: '/live', heading: 'Live view' },
  { file: 'settings', path: '/settings', heading: 'Settings' },
  { file: 'embed', path: '/embed', heading: 'Embed' },
  { file: 'people', path: '/people', heading: 'People and keys' },
  { file: 'webhooks', path: '/webhooks', heading: 'Webhooks' },
  { file: 'models', path: '/models', heading: 'Models' },
  { file: 'system', path: '/system', heading: 'System health' },
];

export const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 360, height: 740 } } as const;
