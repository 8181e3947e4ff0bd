import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "*.test.ts",
      "examples/**/*.test.ts",
      "docs/**/*.test.ts",
      "hosts/**/*.test.ts",
      "packages/*/journeys/**/*.test.ts",
    ],
    setupFiles: ["scripts/seed-laws.ts"],
    // Generous: time is measured in bench/, and a slow or busy machine must not turn tests red.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
