export {
  createMailer,
  type Letter,
  MAILS_AT_ONCE,
  type Mailer,
  type MailerSettings,
  MailRefusal,
} from './create-mailer.ts';
export { type MailAddress, parseSmtpUrl, type SmtpServer } from './mailer-settings.ts';
