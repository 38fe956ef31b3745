import { SupportContact } from '../ui/support-contact.tsx';

/** The end of every page: what this is, what it is not, and where help is to be had. */
export function Footer() {
  return (
    <footer className="shell-footer">
      <div className="shell-footer-bar">
        <p>Compatible with the Webex developer platform; not affiliated.</p>
        <p>
          Help: <SupportContact />
        </p>
      </div>
    </footer>
  );
}
