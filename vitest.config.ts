import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "*.test.ts", "examples/**/*.test.ts", "docs/**/*.test.ts", "hosts/**/*.test.ts"],
    setupFiles: ["scripts/seed-laws.ts"],
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
