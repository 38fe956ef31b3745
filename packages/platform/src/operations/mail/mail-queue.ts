/** Queue of the jobs that send mails, a lane for each mail. */
export const MAIL_QUEUE = 'operations.mail';
