/**
 * Node's `http` and `https`, not as ES modules: importing one of those reads its every export, and among them are
 * lazy ones that load all of Node's `fetch`. That took a fifth of the start.
 */
export const http = process.getBuiltinModule('node:http');
export const https = process.getBuiltinModule('node:https');
