/** Colours as the system has them, or as the reader chose. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'moothall-theme';

/** The theme that the reader chose in this browser. */
export function chosenTheme(): Theme {
  const value = readChoice();
  return value === 'light' || value === 'dark' ? value : 'system';
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing for us has no choice stored.
    return null;
  }
}

/** Shows a theme and keeps it for the next visit, where the browser lets us. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Shown all the same.
  }
}
