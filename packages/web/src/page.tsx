import { MantineProvider } from "@mantine/core";
import "@mantine/core/styles.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { makeClient } from "./data/queries.ts";
import { LanguageProvider } from "./language/language.tsx";
import { makeRouter } from "./routes.tsx";
import { NoticeProvider } from "./shell/notices.tsx";
import { theme } from "./shell/theme.ts";
import "./shell/page.css";

/** Puts the page into an element. */
export function mount(element: HTMLElement): void {
  const client = makeClient();
  const router = makeRouter(client);
  createRoot(element).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <LanguageProvider>
          <QueryClientProvider client={client}>
            <NoticeProvider>
              <RouterProvider router={router} />
            </NoticeProvider>
          </QueryClientProvider>
        </LanguageProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
