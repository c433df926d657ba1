/** Starts the window: picks the way to the app, builds the session, mounts the page. */
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openHostLink } from './bridge/bridge.ts';
import { createSession, SessionContext } from './session/session.ts';
import './ui/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <SessionContext value={createSession(openHostLink())}>
    <App />
  </SessionContext>,
);
