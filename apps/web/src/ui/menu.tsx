import './menu.css';
import { DropdownMenu as Parts } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** An entry of a menu: it does something, or leads somewhere. */
export type MenuItem = { label: ReactNode; danger?: boolean; disabled?: boolean } & (
  | { onSelect: () => void }
  | { href: string }
);

/**
 * A button that opens a menu; arrow keys and first letters move in it.
 * @param trigger the button, a single element that takes a ref
 * @param head text above the items
 */
export function Menu({
  trigger,
  head,
  items,
}: {
  trigger: ReactNode;
  head?: ReactNode;
  items: readonly MenuItem[];
}) {
  return (
    // Not modal: a modal menu would lock the page by a style element, which the policy of the pages forbids.
    <Parts.Root modal={false}>
      <Parts.Trigger asChild>{trigger}</Parts.Trigger>
      <Parts.Portal>
        <Parts.Content className="menu" align="end" sideOffset={6} collisionPadding={16}>
          {head !== undefined && <div className="menu-head">{head}</div>}
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the items of a menu keep their places
            <Item key={index} item={item} />
          ))}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  const className = classNames('menu-item', item.danger && 'menu-item-danger');
  if ('href' in item)
    return (
      <Parts.Item className={className} asChild disabled={item.disabled ?? false}>
        <a href={item.href}>{item.label}</a>
      </Parts.Item>
    );
  return (
    <Parts.Item className={className} disabled={item.disabled ?? false} onSelect={item.onSelect}>
      {item.label}
    </Parts.Item>
  );
}
