import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '../styles/base.css';
import { Toasts } from '../ui/toast.tsx';
import { queryClient, whenLoggedOut } from './query-client.ts';
import { router } from './router.ts';
import { applyTheme, keptTheme } from './theme.ts';

applyTheme(keptTheme());
whenLoggedOut(() => {
  queryClient.removeQueries({ queryKey: ['me'] });
  void router.invalidate();
});
const root = document.querySelector('#console');
if (root === null) throw new Error('The page has no element for the console.');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
);
