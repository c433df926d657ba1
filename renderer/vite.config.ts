/** The window's build: static files that run under a Content-Security-Policy without any inline code. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: false,
    modulePreload: { polyfill: false },
    // Inlined assets would be data: URLs, which the policy does not allow.
    assetsInlineLimit: 0,
  },
});
