import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '../styles/base.css';
import { ApiProblem } from '../api/problem.ts';
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
createRoot(root, {
  // What the server refuses is said on the page; whatever else was thrown is a fault of ours, for the browser's console.
  onCaughtError: (error) => {
    if (!(error instanceof ApiProblem)) reportError(error);
  },
}).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
);
