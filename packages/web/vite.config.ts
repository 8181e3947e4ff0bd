import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { devSource } from "./dev-source.ts";

const server = process.env.WATERSHED_SERVER;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), ...(server ? [] : [devSource()])],
  worker: { format: "es" },
  build: { outDir: "dist", assetsDir: "assets", emptyOutDir: true, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900 },
  server: { host: "127.0.0.1", port: 5173, proxy: server ? { "/api": { target: server, changeOrigin: false } } : {} },
});
