package io.actionscheduler.callback.email;

import io.actionscheduler.callback.CallbackException;
import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** Decides what replies and timeouts of a mail server mean for a fire. */
final class MailErrors {
  /**
   * Replies about the client or the server, not about one mail: the server closes, or asks for a
   * login.
   */
  private static final Set<Integer> OF_THE_SERVER = Set.of(421, 454, 530, 534, 535, 538);

  private MailErrors() {}

  /** A reply about the name that was given in EHLO, or about this machine. */
  private static final Pattern OF_THE_CLIENT =
      Pattern.compile("(?i)\\b(helo|ehlo)\\b|\\bclient host\\b");

  /**
   * A reply about the sender of the settings. Many servers give it to the recipient, since they
   * delay their checks, or to the whole mail.
   */
  private static final Pattern OF_THE_SENDER =
      Pattern.compile(
          "(?i)\\bsender address rejected\\b|\\bsender verif(y failed|ication)\\b|\\bsend(ing)? as (this|the)\\b"
              + "|\\bsendasdenied\\b|\\bnot (allowed|authorized) to send (as|from)\\b");

  /** The mail is larger than the server accepts; the server may say so at the command MAIL. */
  private static final int TOO_LARGE = 552;

  /** A reply to one of the steps of sending a mail. */
  private record Reply(int code, String text, boolean ofTheSender) {

    /**
     * Whether the reply is about the client, the settings or the server, so that any other mail
     * would fail as well.
     */
    boolean isOfNoMail() {
      return OF_THE_SERVER.contains(code)
          || OF_THE_CLIENT.matcher(withoutAddresses()).find()
          || OF_THE_SENDER.matcher(withoutAddresses()).find()
          || ofTheSender
              && code >= 500
              && code != TOO_LARGE; // the sender is the same for all mails
    }

    private String withoutAddresses() {
      return text.replaceAll("\\S*@\\S*", " ");
    }
  }

  /** The failure when the server could not be reached or refused the connection. */
  static CallbackException notReached(String server, Exception e) {
    String reason = reason(e);
    String remedy =
        reason.contains("STARTTLS is required")
            ? "; set security: none if mails to this server may go unencrypted"
            : "";
    return CallbackException.unavailable(server + ": " + reason + remedy, e);
  }

  /** The failure when the server did not accept a mail for all of its recipients. */
  static CallbackException notSent(String server, MessagingException e) {
    List<Reply> replies = replies(e);
    if (replies.isEmpty()) {
      return CallbackException.unavailableUnknown(
          server + ": the connection broke before it answered: " + reason(e), e);
    }
    String told = replies.stream().map(Reply::text).distinct().collect(Collectors.joining("; "));
    String message = server + ": " + told;
    if (replies.stream().anyMatch(Reply::isOfNoMail)) {
      return CallbackException.unavailable(message, e);
    }
    return replies.stream().anyMatch(reply -> reply.code() >= 500)
        ? CallbackException.permanent(message, e)
        : CallbackException.refused(message, e);
  }

  /** Every refusal in the chain of causes; the outermost only sums up those of the addresses. */
  private static List<Reply> replies(MessagingException e) {
    List<Reply> replies = new ArrayList<>();
    for (Exception at = e; at != null; at = next(at)) {
      if (at instanceof SMTPAddressFailedException failed) {
        add(
            replies,
            failed.getReturnCode(),
            failed.getAddress() + ": " + failed.getMessage(),
            false);
      } else if (at instanceof SMTPSenderFailedException failed) {
        add(
            replies,
            failed.getReturnCode(),
            failed.getAddress() + ": " + failed.getMessage(),
            true);
      } else if (at instanceof SMTPSendFailedException failed) {
        add(replies, failed.getReturnCode(), failed.getMessage(), false);
      }
    }
    return replies;
  }

  private static void add(List<Reply> replies, int code, String text, boolean ofTheSender) {
    if (code >= 400) { // left out: there was no reply, or a good one for another address
      replies.add(new Reply(code, text.strip(), ofTheSender));
    }
  }

  private static Exception next(Exception e) {
    return e instanceof MessagingException chained ? chained.getNextException() : null;
  }

  private static String reason(Exception e) {
    String reason = String.valueOf(e.getMessage()).strip();
    Exception next = next(e);
    return next == null || next.getMessage() == null || reason.contains(next.getMessage())
        ? reason
        : reason + ": " + next.getMessage();
  }
}
