import { createWidgetApp } from './create-widget-app.tsx';

// The loader put the function there; a page without it has no widget to fill.
window.Answerbox?.start?.(createWidgetApp);
