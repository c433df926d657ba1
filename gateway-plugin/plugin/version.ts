/** Version of plugin and transport guard; a test holds it to package.json and the manifest. */
export const pluginVersion = '0.2.0';
