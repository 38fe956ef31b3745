import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { applyTheme, chosenTheme, type Theme } from './theme.ts';

const labels: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

/** Chooses between light, dark and what the system says. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(chosenTheme);
  const choose = (next: Theme) => {
    applyTheme(next);
    setTheme(next);
  };
  const items = (Object.keys(labels) as Theme[]).map((value) => ({
    label: value === theme ? `${labels[value]} (now)` : labels[value],
    onSelect: () => choose(value),
  }));
  const trigger = (
    <Button variant="quiet" aria-label={`Colours: ${labels[theme]}`}>
      <Icon name="theme" />
    </Button>
  );
  return <Menu trigger={trigger} items={items} />;
}
