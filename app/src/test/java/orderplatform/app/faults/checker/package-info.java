/**
 * Judges a run from outside: by what clients saw, and by what lies in the log, the read models, the provider's books and
 * the mailboxes. Shares no code with the platform.
 */
package orderplatform.app.faults.checker;
