import './toast.css';
import { Toast as Parts } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';

type Said = { id: number; text: string; tone: 'success' | 'danger' };
type Say = (text: string, tone?: Said['tone']) => void;

const SHOWN_MS = 6000;
const ToastContext = createContext<Say>(() => {});

/** Tells in passing that something was done; screen readers hear it too. Nothing that must be read stands here. */
export function useToast(): Say {
  return useContext(ToastContext);
}

/** Holds the place where toasts appear. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<readonly Said[]>([]);
  const count = useRef(0);
  const say = useCallback<Say>((text, tone = 'success') => {
    count.current += 1;
    const id = count.current;
    setSaid((before) => [...before.slice(-2), { id, text, tone }]);
  }, []);
  const drop = (id: number) => setSaid((before) => before.filter((toast) => toast.id !== id));
  return (
    <ToastContext value={say}>
      <Parts.Provider duration={SHOWN_MS} label="Notice">
        {children}
        {said.map(({ id, text, tone }) => (
          <Parts.Root
            key={id}
            className={classNames('toast', `toast-${tone}`)}
            onOpenChange={(open) => !open && drop(id)}
          >
            <Parts.Description>{text}</Parts.Description>
            <Parts.Close asChild>
              <Button small variant="quiet">
                Close
              </Button>
            </Parts.Close>
          </Parts.Root>
        ))}
        <Parts.Viewport className="toasts" />
      </Parts.Provider>
    </ToastContext>
  );
}
