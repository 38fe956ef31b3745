import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Row, Section, Stack } from '../../ui/layout.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

/** Buttons, menus and dialogs. */
export function KitActions() {
  const [open, setOpen] = useState(false);
  const say = useToast();
  return (
    <Stack gap="loose">
      <Section title="Buttons">
        <Row>
          <Button variant="primary">Create app</Button>
          <Button>Cancel</Button>
          <Button variant="quiet">More</Button>
          <Button variant="danger">Delete app</Button>
          <Button busy>Saving</Button>
          <Button disabled>Not now</Button>
          <Button small>Small</Button>
        </Row>
      </Section>
      <Section title="What opens">
        <Row>
          <Button onClick={() => setOpen(true)}>Open dialog</Button>
          <ConfirmButton
            title="Delete Echo?"
            description="Its token stops working at once."
            confirmLabel="Delete app"
            typed="Echo"
            onConfirm={async () => say('Echo was deleted')}
          >
            Ask first
          </ConfirmButton>
          <Menu
            trigger={<Button>Open menu</Button>}
            items={[
              { label: 'Say hello', onSelect: () => say('Hello') },
              { label: 'Delete', danger: true, onSelect: () => say('No', 'danger') },
              { label: 'Not allowed', disabled: true, onSelect: () => {} },
            ]}
          />
          <Tooltip text="A hint in passing">
            <Button>Hover me</Button>
          </Tooltip>
        </Row>
        <Dialog
          open={open}
          onOpenChange={setOpen}
          title="A dialog"
          description="It holds the focus until it is closed."
          actions={<Button onClick={() => setOpen(false)}>Close</Button>}
        >
          <p>Escape closes it too.</p>
        </Dialog>
      </Section>
    </Stack>
  );
}
