export {
  createMailer,
  type Letter,
  MAILS_AT_ONCE,
  type Mailer,
  type MailerSettings,
  MailRefusal,
} from './create-mailer.ts';
export { type MailAddress, parseMailFrom, parseSmtpUrl, type SmtpServer } from './mailer-settings.ts';
